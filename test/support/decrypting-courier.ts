import type { Delivery } from 'edgecdk';
import { model } from '../../constructs/internal';
import { courier } from './courier/courier';

/** The same engine, which decrypts what bears its annotations. */
export function decryptingCourier(depot: string, annotations: Readonly<Record<string, string>> = {}): Delivery {
  const { engine, ...more } = courier(depot)[model];
  return { [model]: { ...more, engine: { ...engine, decrypts: { annotations } } } } as Delivery;
}
