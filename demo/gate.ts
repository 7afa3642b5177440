// Gates of the demo's projects: each was approved to start by those whom the flow asks; some requests still wait, so that the
// pages of approval have something to show.
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import type { Client } from '@yingzao/platform/client'
import type { Diary } from './diary.ts'
import type { Both } from './plan/builder.ts'

interface Trail {
  readonly trail: {
    readonly ahead: readonly { readonly standing: string; readonly people: readonly { readonly user: string }[] }[]
  } | null
}
export interface GateRequest {
  readonly project: Id<'project'>
  readonly gate: 'approve_start' | 'suspend' | 'complete'
  readonly name: Both
  readonly reason: Both
  readonly planned_on: PlainDate
  /** How many rounds of approval it has had; without it all. */
  readonly rounds?: number
}

const words: readonly Both[] = [
  ['资料齐全，同意。', 'Complete; approved.'],
  ['资金安排已核，同意。', 'Funds are provided for; approved.'],
  ['同意，注意合同节点。', 'Approved; mind the contract milestones.'],
]

/** Submitted by `starter`, approved by whoever is asked, round after round. */
export async function passGate(
  time: Diary,
  starter: Client,
  as: (user: string) => Promise<Client>,
  t: (both: Both) => string,
  { rounds = 10, name, reason, ...request }: GateRequest,
): Promise<void> {
  const door = starter.entity('project_gate')
  const made = await door.create({ ...request, name: t(name), reason: t(reason) })
  await time.after(0.5)
  await door.run(made.id, 'submit')
  for (let round = 0; round < rounds; round++) {
    const { trail } = await starter.perform<Trail>('approval.trail', { entity: 'project_gate', document: made.id })
    const open = (trail?.ahead ?? []).filter(step => step.standing === 'open')
    if (open.length === 0) return
    for (const [at, step] of open.entries()) {
      const [first] = step.people
      if (!first) continue
      await time.after(4)
      const judge = await as(first.user)
      const said = words[(round + at) % words.length]
      await judge.entity('project_gate').run(made.id, 'approve', said ? { opinion: t(said) } : {})
    }
  }
}

/** What waits for somebody now. */
export const waiting = {
  metro: {
    gate: 'suspend',
    name: ['重大活动保障期间夜间停工', 'No night work during a city event'],
    reason: [
      '接市住建局通知，活动保障期五天全市禁止夜间施工（22:00 至次日 6:00）。拟停夜班，白班照常，车站主体工期由备用天数吸收。',
      'For five days of an event the city forbids night work (22:00–06:00). Night shifts stop, day shifts go on; spare days take it up.',
    ],
  },
  erp: {
    gate: 'complete',
    name: ['财务模块上线完工确认', 'Completion: finance modules are live'],
    reason: [
      '总账、应收应付、固定资产三个模块已连续稳定运行 30 天，用户签字的验收单见附件清单。',
      'General ledger, receivables, payables and assets have run for 30 days without an incident; acceptance is signed.',
    ],
  },
  line: {
    gate: 'suspend',
    name: ['等待进口设备清关，暂停安装', 'Installation waits for customs clearance'],
    reason: [
      '德国注塑单元滞港，预计两周后放行。继续安装将造成二次拆改，申请暂停安装作业。',
      'The German moulding cell is held at the port for about two weeks. Going on now would mean taking work apart again.',
    ],
  },
} as const satisfies Readonly<Record<string, Pick<GateRequest, 'gate' | 'name' | 'reason'>>>
