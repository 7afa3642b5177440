// Values of XER fields: hours, dates, Y/N.
import { formatMinute, parseMinute } from '@yingzao/engines/schedule/civil'
import { type Codec, finite } from '../codec.ts'

/** Hours ↔ whole minutes (also resource quantities: a quantity of 1 counts as 60). */
export const hours: Codec<number> = {
  read: t => {
    const n = finite(t)
    return n === undefined ? undefined : Math.round(n * 60)
  },
  write: v => String(Number((v / 60).toFixed(6))),
  // A hundredth of a minute is what six decimals of an hour cannot tell apart.
  exact: t => {
    const minutes = (finite(t) ?? 0) * 60
    return Math.abs(minutes - Math.round(minutes)) < 0.01
  },
}

export const date: Codec<number> = {
  read: parseMinute,
  write: v => formatMinute(v).replace('T', ' '),
  exact: t => !/:\d\d:(?!00)\d\d/.test(t),
}

export const flag: Codec<boolean> = {
  read: t => (t === 'Y' ? true : t === 'N' ? false : undefined),
  write: v => (v ? 'Y' : 'N'),
}

/** A flag that says the contrary of the model's field (active_flag ↔ inactive). */
export const notFlag: Codec<boolean> = {
  read: t => (t === 'Y' ? false : t === 'N' ? true : undefined),
  write: v => (v ? 'N' : 'Y'),
}
