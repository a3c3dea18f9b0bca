/** How a site is connected to the rest of the world. */
export interface LinkModel {
  readonly kind: 'online' | 'intermittent' | 'offline';
  readonly longestOutageSeconds?: number;
  readonly bitsPerSecond?: number;
}
