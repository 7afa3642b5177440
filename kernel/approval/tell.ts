// Whom an approval tells what: who is asked, passed on, reminded or given a copy, and what became of the starter's document.
import type { CommonTell, Label } from '@yingzao/kernel/entity'
import type { Ctx } from '../context.ts'
import type { News } from '../serve.ts'
import type { Prepared } from './keep.ts'

const about: Label = { zh: '审批', en: 'Approval' }
const say = (label: Label, text: Label, more: { readonly urgent?: true } = {}): CommonTell => ({
  ...{ about, label, text },
  ...more,
})
const words = (zh: string, en: string): Label => ({ zh, en })

/** By the name a message keeps. */
export const approvalTells = {
  'approval.asked': say(
    words('待我审批', 'I am asked to approve'),
    words('请审批{kind}“{title}”{amount}', 'Please approve the {kind} “{title}”{amount}'),
  ),
  'approval.passed_to': say(
    words('审批转交给我', 'An approval is handed to me'),
    words('{kind}“{title}”{amount}转由您审批', 'The {kind} “{title}”{amount} is handed to you for approval'),
  ),
  'approval.reminded': say(
    words('催办与审批超时', 'Reminders of approvals'),
    words('{kind}“{title}”{amount}仍在等您审批', 'The {kind} “{title}”{amount} still waits for your approval'),
    { urgent: true },
  ),
  'approval.passed_on': say(
    words('我的审批超时转交', 'My approval was overdue and passed on'),
    words(
      '{kind}“{title}”审批超时，已转交他人',
      'The {kind} “{title}” waited too long and was passed on to somebody else',
    ),
  ),
  'approval.approved': say(
    words('我提交的单据通过', 'My document is approved'),
    words('您提交的{kind}“{title}”{amount}已通过', 'Your {kind} “{title}”{amount} is approved'),
  ),
  'approval.rejected': say(
    words('我提交的单据被驳回', 'My document is rejected'),
    words('您提交的{kind}“{title}”{amount}被驳回', 'Your {kind} “{title}”{amount} is rejected'),
  ),
  'approval.returned': say(
    words('我提交的单据被退回', 'My document is returned'),
    words('您提交的{kind}“{title}”{amount}被退回修改', 'Your {kind} “{title}”{amount} is returned to be corrected'),
  ),
  'approval.void_asked': say(
    words('待我审批作废', 'I am asked to approve a void'),
    words('请审批作废{kind}“{title}”{amount}', 'Please approve that the {kind} “{title}”{amount} is voided'),
  ),
  'approval.void_approved': say(
    words('我申请的作废通过', 'A void I asked for is approved'),
    words('您申请作废的{kind}“{title}”{amount}已作废', 'The {kind} “{title}”{amount} is void, as you asked'),
  ),
  'approval.void_refused': say(
    words('我申请的作废未通过', 'A void I asked for is refused'),
    words(
      '{kind}“{title}”{amount}的作废未获同意，单据仍有效',
      'The {kind} “{title}”{amount} is not voided and still counts',
    ),
  ),
  'approval.copied': say(
    words('抄送给我', 'A copy for me'),
    words('{kind}“{title}”{amount}抄送给您', 'A copy of the {kind} “{title}”{amount}'),
  ),
} as const satisfies Readonly<Record<string, CommonTell>>
type Name = keyof typeof approvalTells

/** What says that somebody has something to do: over as soon as he has not. */
const asking: readonly Name[] = ['approval.asked', 'approval.void_asked', 'approval.passed_to', 'approval.reminded']

/** Nobody is told of what he did himself; `by` is null for the clock. */
export function newsOf(
  { flow, before, after, effects }: Pick<Prepared, 'flow' | 'before' | 'after' | 'effects'>,
  by: string | null,
): Pick<News, 'told' | 'over'> {
  const was = new Map((before?.tasks ?? []).map(task => [task.id, task.state]))
  const fresh = after.trail.slice(before?.trail.length ?? 0)
  const passed = fresh.filter(each => each.act === 'transferred')
  const told = new Map<Name, Set<string>>()
  const add = (tell: Name, person: string | null) => {
    if (person !== null && person !== by) told.set(tell, (told.get(tell) ?? new Set()).add(person))
  }
  const asked = flow.voids ? 'approval.void_asked' : 'approval.asked'
  for (const task of after.tasks) {
    const old = was.get(task.id)
    const isPassed = passed.some(each => each.to.includes(task.for ?? task.user))
    if (task.state === 'open' && old !== 'open')
      add(old === undefined && isPassed ? 'approval.passed_to' : asked, task.user)
    if (task.state === 'transferred' && old !== 'transferred') add('approval.passed_on', task.user)
  }
  const turned = after.state !== (before?.state ?? 'running')
  if (turned && (after.state === 'approved' || after.state === 'rejected' || after.state === 'returned'))
    add(
      !flow.voids
        ? `approval.${after.state}`
        : after.state === 'approved'
          ? 'approval.void_approved'
          : 'approval.void_refused',
      after.starter,
    )
  for (const effect of effects)
    for (const user of effect.users) add(effect.is === 'copied' ? 'approval.copied' : 'approval.reminded', user)
  const open = new Set(
    after.tasks.flatMap(task => (task.state === 'open' && after.state === 'running' ? [task.user] : [])),
  )
  const over = [...new Set((before?.tasks ?? []).flatMap(task => (task.state === 'open' ? [task.user] : [])))].filter(
    user => !open.has(user),
  )
  return {
    told: [...told].map(([tell, people]) => ({ tell, people: [...people] })),
    over: over.length > 0 ? [{ tells: asking, people: over }] : [],
  }
}

export async function tellOf(ctx: Ctx, entity: string, record: string, prepared: Prepared): Promise<void> {
  const [teller] = ctx.registry.tellers.values()
  if (!teller) return
  const news = newsOf(prepared, ctx.principal.user)
  if (news.told.length + news.over.length > 0) await teller.tell(ctx, { entity, record, ...news })
}
