/** Whether a URL is one of the machine, or the pod, that reads it. */
export function isLoopback(url: string): boolean {
  return /^[a-z]+:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])([:/]|$)/i.test(url);
}
