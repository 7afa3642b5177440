// A place that two sides changed, in words: which field, and what each side has there.
import type { MergeConflict } from '@yingzao/engines/schedule/merge'
import { type Lang, texts } from '@yingzao/ui/gantt/texts'
import type { Formats } from '@yingzao/ui/text/format'
import { dayText } from './analysis.tsx'
import { fieldWord } from './edit-summary.ts'

export interface ConflictWords {
  readonly field: string
  readonly base: string
  readonly mine: string
  readonly theirs: string
}

const MINUTES: ReadonlySet<string> = new Set([
  ...['deadline', 'actualStart', 'actualFinish', 'manualStart', 'manualFinish', 'suspend', 'resume', 'start', 'finish'],
  'statusDate',
])
const DURATIONS: ReadonlySet<string> = new Set([
  ...['duration', 'actualDuration', 'remainingDuration', 'manualDuration', 'work', 'actualWork', 'remainingWork'],
  ...['delay', 'levelingDelay'],
])

type Say = (
  word:
    | 'row'
    | 'rowOrder'
    | 'parentField'
    | 'lagField'
    | 'linkField'
    | 'workField'
    | 'unitsField'
    | 'unspoken'
    | 'gone'
    | 'keptHere'
    | 'none',
) => string

export function conflictWords(lang: Lang, formats: Formats, t: Say): (conflict: MergeConflict) => ConflictWords {
  const own: Readonly<Record<string, string>> = {
    '*': t('row'),
    order: t('rowOrder'),
    parent: t('parentField'),
    lag: t('lagField'),
    type: t('linkField'),
    work: t('workField'),
    units: t('unitsField'),
  }
  const value = (field: string, of: unknown): string => {
    if (of === undefined || of === null) return t('none')
    if (typeof of === 'number') {
      if (MINUTES.has(field)) return dayText(of)
      if (DURATIONS.has(field)) return formats.duration(Math.round(of))
      return field.startsWith('percent') ? `${formats.number(of, 0)}%` : formats.number(of)
    }
    if (typeof of === 'string') return of.length > 60 ? `${of.slice(0, 60)}…` : of
    if (typeof of === 'boolean') return lang === 'zh' ? (of ? '是' : '否') : of ? 'Yes' : 'No'
    if (typeof of !== 'object') return t('unspoken')
    if (field === 'constraint' && 'type' in of) {
      const { constraints } = texts[lang]
      const named = Object.entries(constraints).find(([type]) => type === of.type)?.[1]
      const at = 'at' in of && typeof of.at === 'number' ? ` ${dayText(of.at)}` : ''
      return `${typeof named === 'string' ? named : String(of.type)}${at}`
    }
    if (field === 'lag' && 'minutes' in of && typeof of.minutes === 'number') return formats.duration(of.minutes)
    if (field === 'lag' && 'percent' in of) return `${of.percent}%`
    return t('unspoken')
  }
  return ({ field, base, mine, theirs }) => {
    const said = { field: own[field] ?? fieldWord(field, lang) ?? field }
    if (field === '*') {
      const state = (of: unknown) => (of === undefined ? t('gone') : t('keptHere'))
      return { ...said, base: '', mine: state(mine), theirs: state(theirs) }
    }
    // The id of a summary says nothing; that it was moved does.
    if (field === 'parent' || field === 'order') {
      const moved = t('unspoken')
      return { ...said, base: '', mine: moved, theirs: moved }
    }
    return { ...said, base: value(field, base), mine: value(field, mine), theirs: value(field, theirs) }
  }
}
