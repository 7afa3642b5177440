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
const files = f.file({ zh: '附件', en: 'Attachments' }, { max: 9 })
/** What is said most. */
const phrases = {
  approve: [
    { zh: '同意', en: 'Agreed' },
    { zh: '已核对，无误', en: 'Checked, correct' },
    { zh: '同意，请按计划执行', en: 'Agreed, carry out as planned' },
  ],
  return: [
    { zh: '请补充附件', en: 'Please add the papers' },
    { zh: '金额与合同不符，请核对', en: 'The amount differs from the contract, please check' },
    { zh: '说明不清，请补充', en: 'Not clear, please explain' },
  ],
} as const
const signature = f.file({ zh: '签名', en: 'Signature' }, { max: 1, accept: 'image', drawn: true })
/** What can be given with an approval. */
export const approving = { opinion: f.longText(opinion, { max: 2000, phrases: phrases.approve }), signature, files }
/** What a return says, and gives. */
export const returning = {
  opinion: f.longText(opinion, { max: 2000, required: true, phrases: phrases.return }),
  files,
  direct: f.flag({ zh: '修改后直接回到我（不再逐级重审）', en: 'Straight back to me when corrected' }),
}
const reason = { zh: '原因', en: 'Reason' }

/** Actions every document has, and what the kernel asks for with each; it answers in `_can` which are open now. */
const documentVerbs: readonly VerbButton[] = [
  { name: 'submit', label: { zh: '提交', en: 'Submit' }, tone: 'primary' },
  {
    name: 'approve',
    label: { zh: '同意', en: 'Approve' },
    tone: 'primary',
    input: approving,
  },
  {
    name: 'return',
    label: { zh: '退回', en: 'Return' },
    input: returning,
    confirm: {
      zh: '退回提交人修改；退回到已审节点请在“审批”页选择。',
      en: 'Goes back to whoever submitted it. To return it to a step before, choose that step under “Approval”.',
    },
  },
  {
    name: 'reject',
    label: { zh: '驳回', en: 'Reject' },
    tone: 'danger',
    input: { opinion: f.longText(opinion, { max: 2000, required: true }), files },
  },
  {
    name: 'transfer',
    label: { zh: '转交', en: 'Hand on' },
    input: {
      to: f.user({ zh: '转交给', en: 'Hand to' }, { required: true }),
      opinion: f.longText(opinion, { max: 2000 }),
    },
  },
  {
    name: 'add_signer',
    label: { zh: '加签', en: 'Add people' },
    input: {
      users: f.multiRef('user', { zh: '加签人', en: 'People' }, { required: true }),
      how: f.choice(
        { zh: '方式', en: 'How' },
        {
          before: { zh: '前加签：他们先审，再回到我', en: 'Before me: they first, then I' },
          after: { zh: '后加签：我同意，他们接着审', en: 'After me: I approve, then they' },
          beside: { zh: '并加签：与我一起审', en: 'Beside me: together with me' },
        },
        { required: true, default: 'before' },
      ),
      mode: f.choice(
        { zh: '多人时', en: 'Of several' },
        {
          all: { zh: '会签：全部同意', en: 'All must approve' },
          any: { zh: '或签：一人即可', en: 'One is enough' },
          order: { zh: '依次', en: 'One after another' },
        },
        { default: 'all' },
      ),
      opinion: f.longText(opinion, { max: 2000 }),
      signature,
    },
  },
  {
    name: 'take_back',
    label: { zh: '取回', en: 'Take back' },
    confirm: {
      zh: '收回您的同意，重新审批。后面的人处理后便不能取回。',
      en: 'Your approval is taken back, to be given anew. Once somebody after you has acted it no longer can.',
    },
  },
  { name: 'remind', label: { zh: '催办', en: 'Remind' } },
  {
    name: 'copy_to',
    label: { zh: '抄送', en: 'Send a copy' },
    input: { users: f.multiRef('user', { zh: '抄送给', en: 'Copy to' }, { required: true }) },
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
      zh: '作废后本单不再有效，过程不可撤销。经审批的单据须按原审批流同意，同意前仍有效。',
      en: 'The document will no longer count; this cannot be undone. One that was approved still counts until those of its approval flow agree.',
    },
  },
]

/** What the clock or a printer does, as the history tells it. */
const toldVerbs: readonly VerbButton[] = [
  { name: 'expire', label: { zh: '超时提醒', en: 'was overdue' } },
  { name: 'bank_file', label: { zh: '导出网银付款文件', en: 'wrote it to a file for the bank' } },
  { name: 'unmask', label: { zh: '查看完整内容', en: 'See whole' } },
  { name: 'print', label: { zh: '打印', en: 'printed it' } },
  { name: 'invite', label: { zh: '邀请外部确认', en: 'Invite a guest' } },
  { name: 'guest_withdraw', label: { zh: '收回外部邀请', en: 'withdrew an invitation' } },
  { name: 'guest_confirm', label: { zh: '外部确认', en: 'confirmed it from outside' } },
  { name: 'guest_refuse', label: { zh: '外部不认可', en: 'refused it from outside' } },
  { name: 'guest_answer', label: { zh: '外部答复', en: 'answered from outside' } },
]

const asksJson = (input: Fields = {}) => Object.values(input).some(({ kind }) => kind === 'json')

/** `dialogs`: verbs with a dialog of their own. */
export function verbsOf(
  entity: EntityMeta,
  record: RecordJson,
  dialogs: Readonly<Record<string, unknown>> = {},
): readonly VerbButton[] {
  const can = new Set(record._can)
  const stage = record.stage
  const declared = Object.entries(entity.verbs)
    // What no form can ask for has a dialog or a screen of its own.
    .filter(([name, verb]) => !verb.reads && can.has(name) && (name in dialogs || !asksJson(verb.input)))
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
    [...documentVerbs, ...toldVerbs].find(verb => verb.name === name)?.label ?? { zh: name, en: name }
  )
}
