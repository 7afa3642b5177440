// Every word of the Gantt that a person reads, by language.
import { en } from './en-text.ts'
import { zh } from './zh-text.ts'

export type Lang = 'zh' | 'en'

/** The shape both languages fill. */
export type Texts = typeof zh

export const texts: Readonly<Record<Lang, Texts>> = { zh, en }
