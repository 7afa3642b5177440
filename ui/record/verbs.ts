// The verbs of a record as buttons: declared verbs, moves of the stage, actions of a document; only what `_can` allows.
import { type EntityMeta, type Fields, f, type Label, type RecordJson } from '@yingzao/kernel/entity'

export interface VerbButton {
  readonly name: string
  readonly label: Label
  readonly tone?: 'primary' | 'danger' | undefined
  readonly confirm?: Label | undefined
  readonly input?: Fields | undefined
}

const opinion = { zh: '意见', en: 'Opinion' }
const reason = { zh: '原因', en: 'Reason' }

/** Actions every document has, and what the kernel asks for with each; it answers in `_can` which are open now. */
const documentVerbs: readonly VerbButton[] = [
  { name: 'submit', label: { zh: '提交', en: 'Submit' }, tone: 'primary' },
  {
    name: 'approve',
    label: { zh: '同意', en: 'Approve' },
    tone: 'primary',
    input: { opinion: f.longText(opinion, { max: 2000 }) },
  },
  {
    name: 'return',
    label: { zh: '退回', en: 'Return' },
    input: { opinion: f.longText(opinion, { max: 2000, required: true }) },
  },
  {
    name: 'reject',
    label: { zh: '驳回', en: 'Reject' },
    tone: 'danger',
    input: { opinion: f.longText(opinion, { max: 2000, required: true }) },
  },
  { name: 'withdraw', label: { zh: '撤回', en: 'Withdraw' } },
  { name: 'close', label: { zh: '关闭', en: 'Close' }, input: { reason: f.longText(reason, { max: 2000 }) } },
  {
    name: 'reverse',
    label: { zh: '红冲', en: 'Reverse' },
    tone: 'danger',
    input: { reason: f.longText(reason, { max: 2000, required: true }) },
    confirm: {
      zh: '生成一张金额相反的单据冲销本单，过程不可撤销。',
      en: 'A mirror document with opposite amounts cancels this one. This cannot be undone.',
    },
  },
  {
    name: 'void',
    label: { zh: '作废', en: 'Void' },
    tone: 'danger',
    input: { reason: f.longText(reason, { max: 2000, required: true }) },
    confirm: {
      zh: '作废后本单不再有效，过程不可撤销。',
      en: 'The document will no longer count. This cannot be undone.',
    },
  },
]

export function verbsOf(entity: EntityMeta, record: RecordJson): readonly VerbButton[] {
  const can = new Set(record._can)
  const stage = record.stage
  const declared = Object.entries(entity.verbs)
    .filter(([name, verb]) => !verb.reads && can.has(name))
    .map(
      ([name, verb]): VerbButton => ({
        name,
        label: verb.label,
        tone: verb.tone,
        confirm: verb.confirm,
        input: verb.input,
      }),
    )
  const moves = (entity.transitions ?? [])
    .filter(move => can.has(move.action) && (typeof stage !== 'string' || move.from.includes(stage)))
    .map((move): VerbButton => ({ name: move.action, label: move.label }))
  const taken = new Set([...declared, ...moves].map(verb => verb.name))
  const document =
    entity.kind === 'document' ? documentVerbs.filter(verb => can.has(verb.name) && !taken.has(verb.name)) : []
  const unique = new Map([...document, ...moves, ...declared].map(verb => [verb.name, verb]))
  return [...unique.values()]
}

/** Verbs without input that at least one of the records allows: for the bar of selected rows. */
export function verbsFor(entity: EntityMeta, records: readonly RecordJson[]): readonly VerbButton[] {
  const found = new Map<string, VerbButton>()
  for (const record of records)
    for (const verb of verbsOf(entity, record))
      if (!verb.input || Object.keys(verb.input).length === 0) found.set(verb.name, verb)
  return [...found.values()]
}

/** What a verb is called, for the history; an unknown one keeps its name. */
export function verbLabel(entity: Partial<Pick<EntityMeta, 'verbs' | 'transitions'>>, name: string): Label {
  return (
    entity.verbs?.[name]?.label ??
    entity.transitions?.find(move => move.action === name)?.label ??
    documentVerbs.find(verb => verb.name === name)?.label ?? { zh: name, en: name }
  )
}
