/** A well mixed unsigned 32-bit number for (seed, index, purpose): the same three always give the same number. */
export function mix(seed: number, index: number, purpose: number): number {
  let hash = (seed ^ Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** In [0, 1). */
export function fraction(seed: number, index: number, purpose: number): number {
  return mix(seed, index, purpose) / 2 ** 32;
}

/** One of 0 … size − 1. */
export function pick(seed: number, index: number, purpose: number, size: number): number {
  return mix(seed, index, purpose) % size;
}

const stepsBySizeAndSeed = new Map<number, { factor: number; offset: number }>();

/** A permutation of 0 … size − 1 as a function: each place is hit once, so nobody's place needs to be remembered. */
export function permute(value: number, size: number, seed: number): number {
  const key = size * 2 ** 32 + (seed >>> 0);
  let steps = stepsBySizeAndSeed.get(key);
  if (!steps) {
    let factor = (mix(seed, size, 101) % size) | 1;
    while (gcd(factor, size) !== 1) {
      factor += 2;
    }
    steps = { factor: factor % size, offset: mix(seed, size, 102) % size };
    stepsBySizeAndSeed.set(key, steps);
  }
  return (value * steps.factor + steps.offset) % size;
}

function gcd(left: number, right: number): number {
  return right === 0 ? left : gcd(right, left % right);
}
