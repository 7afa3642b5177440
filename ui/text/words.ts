// words(): the texts of one area in both languages, side by side, so that neither can be forgotten.
import type { Label } from '@yingzao/kernel/entity'

/** Names inside braces: "{count} {count:row|rows}" needs `count`. */
type Slots<S extends string> = S extends `${string}{${infer Slot}}${infer Rest}`
  ? (Slot extends `${infer Name}:${string}` ? Name : Slot) | Slots<Rest>
  : never
export type Values<L extends Label> = Record<Slots<L['zh']> | Slots<L['en']>, string | number>

export type Words = Readonly<Record<string, Label>>

/** Declares the texts of an area: `words({ save: { zh: '保存', en: 'Save' } })`. */
export const words = <const W extends Words>(texts: W): W => texts

const slot = /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g

/**
 * Fills `{name}` with its value and `{name:row|rows}` with the singular when the value is 1.
 * A name without a value stays as written, so that a mistake is seen.
 */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(slot, (whole, name: string, one?: string, many?: string) => {
    const value = values[name]
    if (value === undefined) return whole
    if (one !== undefined && many !== undefined) return Number(value) === 1 ? one : many
    return String(value)
  })
