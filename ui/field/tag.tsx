// A small label whose colour means a state and nothing else.
import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad'
export const Tag = ({ tone = 'neutral', children }: { tone?: Tone | undefined; children: ReactNode }) => (
  <span className={`yz-tag yz-tag-${tone}`}>{children}</span>
)
