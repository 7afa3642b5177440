// The question of levelling plans together: which of them move, how much each counts, and when it should end.
import { formatDay, parseDay } from '@yingzao/engines/schedule/civil'
import DayPicker from '@yingzao/ui/field/day-picker.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Select } from 'antd'
import { text } from './company-level-text.ts'
import { dayText } from './resource-period.ts'
import type { CompanyPlan } from './use-company-plans.ts'

export type Part = 'moves' | 'stays' | 'out'

export interface Wish {
  readonly part: Part
  readonly weight: number
  readonly due: number | null
}

export const wishOf = ({ mayEdit, due }: CompanyPlan): Wish => ({ part: mayEdit ? 'moves' : 'stays', weight: 2, due })

const DAY = 1440
/** Calendar days by which an end lies after another, none before. */
export const daysLate = (finish: number, due: number | null): number =>
  due === null ? 0 : Math.max(0, Math.ceil((finish - due) / DAY))

interface Props {
  readonly plans: readonly CompanyPlan[]
  readonly names: ReadonlyMap<string, string>
  readonly wishes: ReadonlyMap<string, Wish>
  readonly onWish: (plan: string, wish: Wish) => void
  readonly disabled: boolean
}

export function CompanyAsk({ plans, names, wishes, onWish, disabled }: Props) {
  const t = useText(text)
  const weights = [
    { value: 8, label: t('highest') },
    { value: 4, label: t('high') },
    { value: 2, label: t('usual') },
    { value: 1, label: t('low') },
  ]
  return (
    <div className="yz-scroll-x">
      <table className="yz-plain-table yz-res-plans">
        <thead>
          <tr>
            <th scope="col">{t('project')}</th>
            <th scope="col">{t('part')}</th>
            <th scope="col">{t('priority')}</th>
            <th scope="col">{t('due')}</th>
            <th scope="col">{t('finishNow')}</th>
            <th scope="col" className="yz-right">
              {t('daysLate')}
            </th>
          </tr>
        </thead>
        <tbody>
          {plans.map(plan => {
            const project = names.get(plan.project) ?? plan.name
            const wish = wishes.get(plan.id) ?? wishOf(plan)
            const late = plan.finish === null ? 0 : daysLate(plan.finish, wish.due)
            return (
              <tr key={plan.id}>
                <td>{project}</td>
                <td data-label={t('part')}>
                  <Select<Part>
                    aria-label={t('partOf', { project })}
                    className="yz-res-part"
                    disabled={disabled}
                    value={wish.part}
                    onChange={part => onWish(plan.id, { ...wish, part })}
                    options={[
                      { value: 'moves', label: t('moves'), disabled: !plan.mayEdit },
                      { value: 'stays', label: t('stays') },
                      { value: 'out', label: t('out') },
                    ]}
                  />
                  {!plan.mayEdit && <div className="yz-faint">{t('notYours')}</div>}
                </td>
                <td data-label={wish.part === 'moves' ? t('priority') : undefined}>
                  {wish.part === 'moves' && (
                    <Select<number>
                      aria-label={t('priorityOf', { project })}
                      className="yz-res-part"
                      disabled={disabled}
                      value={wish.weight}
                      onChange={weight => onWish(plan.id, { ...wish, weight })}
                      options={weights}
                    />
                  )}
                </td>
                <td data-label={wish.part === 'moves' ? t('due') : undefined}>
                  {wish.part === 'moves' && (
                    <DayPicker
                      time={false}
                      label={t('dueOf', { project })}
                      disabled={disabled}
                      value={wish.due === null ? '' : formatDay(wish.due / DAY - 1)}
                      onChange={value => {
                        const day = typeof value === 'string' ? parseDay(value) : undefined
                        onWish(plan.id, { ...wish, due: day === undefined ? null : (day + 1) * DAY })
                      }}
                    />
                  )}
                </td>
                <td data-label={t('finishNow')} className="yz-figure yz-nowrap">
                  {plan.finish === null ? '—' : dayText(plan.finish - 1)}
                </td>
                <td
                  data-label={late > 0 ? t('daysLate') : undefined}
                  className={late > 0 ? 'yz-figure yz-right yz-bad' : 'yz-figure yz-right'}
                >
                  {late > 0 ? late : ''}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
