// The costs of one task in its panel: the fixed cost typed, the total with what its resources cost.
import { exact, isDecimal, r2, subtract, sum } from '@yingzao/engines/money'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { RecordJson } from '@yingzao/kernel/entity'
import { readDecimal } from '@yingzao/ui/field/decimal'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Input } from 'antd'
import { useState } from 'react'
import type { PlanLink } from './plan-link.ts'
import { text } from './price-text.ts'
import { mayPrice, useSendPrice } from './send-price.ts'

interface Props {
  readonly record: RecordJson
  readonly plan: Plan
  readonly task: string
  readonly link: PlanLink
}

const known = (of: string | undefined) => (of !== undefined && isDecimal(of) ? [of] : [])

export function TaskCosts({ record, plan, task: id, link }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const send = useSendPrice(record, link)
  const task = plan.tasks.find(each => each.id === id)
  const [typed, setTyped] = useState<string | null>(null)
  if (!task) return null
  const below = leavesBelow(plan, id)
  if (below.length > 0)
    return (
      <div className="yzg-field">
        <span>{t('belowCost')}</span>
        <div className="yz-figure">{formats.money(r2(sum(below.flatMap(({ cost }) => known(cost)))))}</div>
      </div>
    )
  const assigned = r2(sum(plan.assignments.flatMap(each => (each.task === id ? known(each.cost) : []))))
  const fixed = known(task.fixedCost)[0]
  const read = typed === null ? null : typed.trim() === '' ? '' : readDecimal(typed)
  const wrong = typed !== null && read === null
  const leave = () => {
    if (read === null) return
    setTyped(null)
    if (read === (fixed ?? '')) return
    const patch = { fixedCost: read === '' ? null : r2(isDecimal(read) ? read : '0') }
    const summary = t('fixedChanged', { task: task.name, amount: formats.money(patch.fixedCost) })
    void send([{ kind: 'task.set', id, patch }], summary)
  }
  const rest =
    task.cost === undefined || !isDecimal(task.cost) ? '0' : subtract(task.cost, sum([fixed ?? '0', assigned]))
  const part = (label: string, amount: string) => (
    <div className="yz-soft yz-figure">
      {label} {formats.money(amount)}
    </div>
  )
  return (
    <>
      <div className="yzg-field">
        <span>{t('fixedCost')}</span>
        <div>
          <Input
            aria-label={t('fixedCost')}
            inputMode="decimal"
            disabled={!mayPrice(record)}
            value={typed ?? (fixed === undefined ? '' : formats.money(fixed))}
            {...(wrong ? { status: 'error' as const, 'aria-invalid': true } : {})}
            onChange={event => setTyped(event.target.value)}
            onBlur={leave}
            onPressEnter={leave}
          />
          {wrong && (
            <div className="yzg-bad" role="alert">
              {t('notMoney')}
            </div>
          )}
        </div>
      </div>
      <div className="yzg-field">
        <span>{t('totalCost')}</span>
        <div>
          <strong className="yz-figure">{formats.money(task.cost ?? null)}</strong>
          {!exact(assigned).isZero() && part(t('assignedCost'), assigned)}
          {!exact(rest).isZero() && part(t('otherCost'), rest)}
        </div>
      </div>
    </>
  )
}

function leavesBelow({ tasks }: Plan, id: string): Plan['tasks'] {
  const inside = new Set([id])
  const parents = new Set(tasks.flatMap(({ parent }) => parent ?? []))
  if (!parents.has(id)) return []
  return tasks.filter(each => {
    if (each.parent === undefined || !inside.has(each.parent)) return false
    inside.add(each.id)
    return !parents.has(each.id)
  })
}
