import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { model } from './internal';

export { Cpu, Duration, Size };

/** An amount of CPU of any version of cdk8s-plus: `Cpu.millis(250)`. */
export type CpuAmount = Pick<Cpu, 'amount'>;

/**
 * What a network link carries. cdk8s has no such unit.
 *
 * @example
 * const uplink = Bandwidth.megabitsPerSecond(20);
 */
export class Bandwidth {
  /** 1,000 bits per second each. */
  static kilobitsPerSecond(amount: number): Bandwidth {
    return new Bandwidth(amount * 1e3);
  }

  /** 1,000,000 bits per second each. */
  static megabitsPerSecond(amount: number): Bandwidth {
    return new Bandwidth(amount * 1e6);
  }

  readonly [model]: number;

  private constructor(bitsPerSecond: number) {
    this[model] = bitsPerSecond;
  }
}

export function kibibytes(size: Size): number {
  return size.toKibibytes();
}

export function mebibytes(size: Size): number {
  return size.toKibibytes() / 1024;
}

/** Thousandths of a CPU: 250 of `250m`, 1500 of `1.5`. */
export function millicores(cpu: CpuAmount): number {
  return cpu.amount.endsWith('m') ? Number(cpu.amount.slice(0, -1)) : Number(cpu.amount) * 1000;
}
