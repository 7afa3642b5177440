// 统一社会信用代码: the 18 characters that identify a Chinese legal person, with their check character (GB 32100-2015).

/** Digits and letters without I, O, S, V, Z. */
const LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/

/**
 * The check character of the first 17: weights 3^(i−1) mod 31, and what is missing to a multiple of 31.
 *
 * @throws RangeError when a character is none of the code's
 */
export function creditCodeCheck(first: string): string {
  let total = 0
  let weight = 1
  for (const letter of first.slice(0, 17)) {
    const value = LETTERS.indexOf(letter)
    if (value < 0) throw new RangeError(`not a character of the code: ${letter}`)
    total += value * weight
    weight = (weight * 3) % 31
  }
  return LETTERS.charAt((31 - (total % 31)) % 31)
}

/** Is this a well-formed code with the right check character? Capitals only. */
export const isCreditCode = (code: string): boolean => SHAPE.test(code) && creditCodeCheck(code) === code.charAt(17)
