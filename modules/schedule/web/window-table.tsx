// The rows of a window: how far each task shall be, where it lies in the window, and the milestones against their baseline.
import { dayOf, formatDay } from '@yingzao/engines/schedule/civil'
import { type Text, useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { useState } from 'react'
import type { Quantity } from '../quantity.ts'
import type { PlanWindow, WindowMilestone, WindowRow, WindowView } from '../window.ts'
import { partWords } from '../window-words.ts'
import { More } from './analysis.tsx'
import { TaskLink } from './public.tsx'
import { text } from './window-text.ts'

export const dateText = (minute: number) => formatDay(dayOf(minute))
const SHOWN = 200

interface Props {
  readonly plan: string
  readonly view: WindowView
  readonly people: ReadonlyMap<string, string>
  readonly quantities: ReadonlyMap<string, Quantity>
}

export function WindowTable({ plan, view, people, quantities }: Props) {
  const t = useText(text)
  const { lang } = useLanguage()
  const formats = useFormats()
  const [most, setMost] = useState(SHOWN)
  const rows = view.rows.slice(0, most)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <section className="yz-scroll-x" aria-label={t('tasks')} tabIndex={0}>
        <table className="yz-plain-table yz-window-table">
          <WindowHead t={t} quantity={quantities.size > 0} />
          <tbody>
            {rows.map(row => (
              <tr key={row.id} data-summary={row.summary} data-critical={row.critical}>
                <td className="yz-figure yz-faint">{row.number}</td>
                <td style={{ paddingLeft: 8 + row.level * 16 }}>
                  {row.summary ? (
                    <strong>{row.name}</strong>
                  ) : (
                    <TaskLink plan={plan} task={row.id}>
                      {row.name}
                    </TaskLink>
                  )}
                </td>
                <td>
                  <Place row={row} window={view.window} />
                </td>
                <td className="yz-figure yz-nowrap">{dateText(row.start)}</td>
                <td className="yz-figure yz-nowrap">{dateText(row.finish)}</td>
                <Shares row={row} />
                {quantities.size > 0 && (
                  <td className="yz-figure yz-nowrap">{quantityText(row, quantities, t, formats.number)}</td>
                )}
                <td className="yz-nowrap">
                  {row.part && (
                    <span className={row.part === 'carried' ? 'yz-tag yz-tag-bad' : 'yz-tag yz-tag-neutral'}>
                      {partWords[row.part][lang]}
                    </span>
                  )}
                </td>
                <td className="yz-nowrap">{row.responsible && (people.get(row.responsible) ?? '')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <More rest={view.rows.length - rows.length} step={SHOWN} onMore={() => setMost(most + SHOWN)} />
    </>
  )
}

export function WindowHead({ t, quantity }: { t: Text<typeof text>; quantity: boolean }) {
  const heads = ['number', 'task', 'when', 'start', 'finish', 'begin', 'end', 'inIt', 'done'] as const
  return (
    <thead>
      <tr>
        {heads.map(key => (
          <th key={key} scope="col">
            {t(key)}
          </th>
        ))}
        {quantity && <th scope="col">{t('quantity')}</th>}
        <th scope="col">{t('kind')}</th>
        <th scope="col">{t('responsible')}</th>
      </tr>
    </thead>
  )
}

const percent = (share: number) => `${Math.round(share * 100)}%`

export function Shares({ row }: { row: WindowRow }) {
  return (
    <>
      <td className="yz-figure">{percent(row.begin)}</td>
      <td className="yz-figure">{percent(row.end)}</td>
      <td className="yz-figure">
        <strong>{percent(row.end - row.begin)}</strong>
      </td>
      <td className={row.done + 0.005 < row.begin ? 'yz-figure yz-bad' : 'yz-figure'}>{percent(row.done)}</td>
    </>
  )
}

export function quantityText(
  row: WindowRow,
  quantities: ReadonlyMap<string, Quantity>,
  t: Text<typeof text>,
  number: (value: number, digits: number) => string,
): string {
  const quantity = quantities.get(row.id)
  if (!quantity) return ''
  const of = (share: number) => number(quantity.total * share, 1)
  return t('quantityShown', { begin: of(row.begin), end: of(row.end), unit: quantity.unit })
}

/** Where it lies in the window, as a small bar; said by the dates beside it. */
export function Place({ row, window }: { row: WindowRow; window: PlanWindow }) {
  const [from, to] = [window.from * 1440, window.to * 1440]
  const at = (minute: number) => Math.min(100, Math.max(0, ((minute - from) / (to - from)) * 100))
  const [left, right] = [at(row.start), at(row.finish)]
  return (
    <svg className="yz-window-place" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="yz-window-ground" x="0" y="0" width="100" height="10" />
      <rect
        className={row.summary ? 'yz-window-sum' : row.critical ? 'yz-window-critical' : 'yz-window-work'}
        x={Math.min(98.5, left)}
        y={row.summary ? 3 : 1}
        width={Math.max(1.5, right - left)}
        height={row.summary ? 4 : 8}
      />
    </svg>
  )
}

export function Milestones({ plan, milestones }: { plan: string; milestones: readonly WindowMilestone[] }) {
  const t = useText(text)
  if (milestones.length === 0) return <p className="yz-soft">{t('noMilestones')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="yz-scroll-x" aria-label={t('milestones')} tabIndex={0}>
      <table className="yz-plain-table">
        <thead>
          <tr>
            {(['number', 'milestones', 'promised', 'forecast', 'deviation'] as const).map(key => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {milestones.map(each => (
            <tr key={each.id}>
              <td className="yz-figure yz-faint">{each.number}</td>
              <td>
                <TaskLink plan={plan} task={each.id}>
                  {each.name}
                </TaskLink>
              </td>
              <td className="yz-figure yz-nowrap">{each.promised === null ? '—' : dateText(each.promised)}</td>
              <td className="yz-figure yz-nowrap">{dateText(each.forecast)}</td>
              <td className={each.days !== null && each.days > 0 ? 'yz-nowrap yz-bad' : 'yz-nowrap'}>
                {each.reached && `${t('reached')} · `}
                {deviationText(each, t)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export function deviationText({ days }: WindowMilestone, t: Text<typeof text>): string {
  if (days === null) return t('noBaseline')
  return days > 0 ? t('late', { days }) : days < 0 ? t('early', { days: -days }) : t('onTime')
}
