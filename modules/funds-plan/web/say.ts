// Words for what a plan keeps as codes: kinds of money and states.
import type { useText } from '@yingzao/ui/text/language.tsx'
import type { text } from './text.ts'

type Say = ReturnType<typeof useText<typeof text>>
const kinds = ['contract', 'wages', 'tax', 'claim', 'bond', 'loan', 'other'] as const
const states = ['draft', 'pending', 'effective', 'closed'] as const

/** A line that is neither a contract nor a counterparty is a kind of money; one whose name the reader may not see has none. */
export function lineWord(t: Say, line: string): string {
  const kind = kinds.find(each => each === line)
  return kind ? t(`k_${kind}`) : '—'
}
export function stateWord(t: Say, state: string): string {
  const known = states.find(each => each === state)
  return known ? t(`s_${known}`) : state
}
