// The random numbers of a search: the same seed gives the same schedule on every machine.

export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number
  /** Uniform whole number in [0, n). */
  readonly below: (n: number) => number
}

/** Small fast counter generator (sfc32), seeded by splitmix32. */
export function seeded(seed: number): Random {
  let s = seed | 0
  const split = (): number => {
    s = (s + 0x9e3779b9) | 0
    let z = s ^ (s >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return z ^ (z >>> 15)
  }
  let a = split()
  let b = split()
  let c = split()
  let d = 1
  const bits = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) bits()
  return {
    next: () => bits() / 4294967296,
    below: n => Math.floor((bits() / 4294967296) * n),
  }
}
