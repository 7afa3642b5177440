// Days and times as .mpp stores them: two bytes of days since the end of 1983, two of tenths of a minute.
import { dayNumber } from '@yingzao/engines/schedule/civil'
import type { Minute } from '@yingzao/engines/schedule/plan'
import { u16 } from './bytes.ts'

/** Day 0 of the format. */
export const epochDay = dayNumber(1983, 12, 31)

const noDay = 0xffff

/** A day of two bytes; undefined for "NA". */
export function dayAt(data: Uint8Array, at: number): number | undefined {
  const day = u16(data, at)
  return day === noDay ? undefined : epochDay + day
}

/**
 * Tenths of a minute and a day, two bytes each; undefined for "NA", written as day 0, 1 or 65535. Some files have
 * rubbish of a few days and odd seconds there, which Project also shows as NA.
 */
export function dateAt(data: Uint8Array, at: number): Minute | undefined {
  if (at + 4 > data.length) return undefined
  const day = u16(data, at + 2)
  if (day <= 1 || day === noDay) return undefined
  const tenths = u16(data, at)
  if (day < 100 && tenths % 10 !== 0) return undefined
  return (epochDay + day) * 1440 + Math.round((tenths === noDay ? 0 : tenths) / 10)
}

/** Tenths of a minute since day 0. */
export const minuteOfTenths = (tenths: number): Minute => epochDay * 1440 + Math.round(tenths / 10)
