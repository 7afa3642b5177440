// 大写: an amount in Chinese capital characters as cheques and contracts carry it (支付结算办法 附1).
import { type Decimal, exact } from './decimal.ts'

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const
const PLACES = ['', '拾', '佰', '仟'] as const

/**
 * The amount in capitals, prefixed 人民币: `'1409.50'` → 人民币壹仟肆佰零玖元伍角. 整 follows 元 only, never 角 or 分.
 * 附1 leaves 零 optional where the 万 or 元 place is zero; we write it before 角 (…捌拾元零叁角贰分) and not between
 * 万 and 仟 (贰仟万壹仟元整), as the worked figures of the domain do.
 *
 * @param value rounded to fen half-up; below 10^16 (decimal(18,2))
 * @throws RangeError beyond that
 */
export function amountInWords(value: Decimal): string {
  const fen = exact(value).toDecimalPlaces(2).times(100)
  const magnitude = BigInt(fen.abs().toFixed(0))
  if (magnitude >= 10n ** 18n) throw new RangeError('an amount in words holds at most 16 digits before the point')
  const yuan = magnitude / 100n
  const jiao = Number((magnitude / 10n) % 10n)
  const cent = Number(magnitude % 10n)
  const sign = magnitude > 0n && fen.isNegative() ? '负' : ''
  return `人民币${sign}${yuanWords(yuan, jiao + cent === 0)}${fractionWords(yuan, jiao, cent)}`
}

function yuanWords(yuan: bigint, whole: boolean): string {
  if (yuan === 0n) return whole ? '零元整' : ''
  return `${integerWords(yuan)}元${whole ? '整' : ''}`
}

function fractionWords(yuan: bigint, jiao: number, cent: number): string {
  if (jiao + cent === 0) return ''
  // 零 bridges a gap after 元: an empty 元 place before 角, or an empty 角 place before 分; nothing precedes a bare 伍分.
  const gap = yuan > 0n && (jiao === 0 || yuan % 10n === 0n) ? '零' : ''
  return `${gap}${jiao > 0 ? `${DIGITS[jiao]}角` : ''}${cent > 0 ? `${DIGITS[cent]}分` : ''}`
}

/** 亿 and 万 are read as a high part, its name, and a low part; 零 marks a low part that starts with an empty place. */
function integerWords(value: bigint): string {
  for (const [size, name] of [
    [100_000_000n, '亿'],
    [10_000n, '万'],
  ] as const) {
    if (value < size) continue
    const low = value % size
    return `${integerWords(value / size)}${name}${low === 0n ? '' : low < size / 10n ? `零${integerWords(low)}` : integerWords(low)}`
  }
  return groupWords(Number(value))
}

/** 1 to 9999; zeros inside give one 零, zeros at the end none. */
function groupWords(value: number): string {
  let words = ''
  let gap = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.trunc(value / 10 ** place) % 10
    if (digit === 0) {
      gap = words !== ''
      continue
    }
    words += `${gap ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`
    gap = false
  }
  return words
}
