// Resources × weeks: how much of each is used, and where more is asked than there is. Walked by arrow keys like a grid.
import type { LoadPeriod, ResourceLoad } from '@yingzao/engines/levelling'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button } from 'antd'
import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react'
import { dayText, type LoadChoice, periodText, shareOf, shareText } from './resource-period.ts'
import { text } from './resource-text.ts'

/** Rows drawn at once; the most loaded stand on top. */
const MOST_ROWS = 40

interface Props {
  readonly loads: readonly ResourceLoad[]
  readonly names: ReadonlyMap<string, string>
  /** What the rows are. */
  readonly title: string
  readonly chosen: LoadChoice | null
  readonly onChoose: (choice: LoadChoice) => void
  /** What lies before is past. */
  readonly now: number
}

/** 0 nothing, 1 to 4 fuller, 5 more than there is. */
export function levelOf(period: LoadPeriod): number {
  const share = shareOf(period)
  if (period.overloaded || share === null || share > 1.0005) return 5
  return share === 0 ? 0 : Math.min(4, 1 + Math.floor(share * 3.999))
}

export function ResourceHeat({ loads, names, title, chosen, onChoose, now }: Props) {
  const t = useText(text)
  const box = useRef<HTMLDivElement>(null)
  const [all, setAll] = useState(false)
  const shown = all ? loads : loads.slice(0, MOST_ROWS)
  const periods = loads[0]?.periods ?? []
  const current = periods.findIndex(period => period.to > now)
  // The first sight is today, not a year ago.
  useEffect(() => {
    const view = box.current
    const cell = view?.querySelector(`.yz-res-period:nth-child(${Math.max(1, current) + 1})`)
    const first = view?.querySelector('thead th')
    if (view && cell instanceof HTMLElement && first instanceof HTMLElement)
      view.scrollLeft = cell.offsetLeft - first.offsetWidth - cell.offsetWidth
  }, [current])

  const press = (event: KeyboardEvent<HTMLElement>) => {
    const { target } = event
    if (!(target instanceof HTMLElement) || target.dataset.at === undefined) return
    const [row = 0, column = 0] = target.dataset.at.split(',').map(Number)
    const to = {
      ArrowRight: [row, column + 1],
      ArrowLeft: [row, column - 1],
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      Home: [row, 0],
      End: [row, periods.length - 1],
    }[event.key]
    if (!to) return
    event.preventDefault()
    const next = box.current?.querySelector(`[data-at="${to.join(',')}"]`)
    if (!(next instanceof HTMLElement)) return
    next.focus({ preventScroll: true })
    next.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  const at = chosen ? periods.findIndex(period => period.from === chosen.from && period.to === chosen.to) : -1
  return (
    <section className="yz-res-heat" aria-label={t('heat')} aria-description={t('heatKeys')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys of the buttons within */}
      <div className="yz-res-scroll" ref={box} onKeyDown={press}>
        <table>
          <Head periods={periods} current={current} title={title} />
          <tbody>
            {shown.map((load, row) => (
              <HeatRow
                key={load.resource}
                load={load}
                row={row}
                name={names.get(load.resource) ?? load.resource}
                chosen={chosen?.resource === load.resource}
                at={chosen?.resource === load.resource ? at : -1}
                reachable={chosen && at >= 0 ? -1 : row === 0 ? Math.max(0, current) : -1}
                current={current}
                onChoose={onChoose}
              />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < loads.length && (
        <Button type="link" onClick={() => setAll(true)}>
          {t('moreResources', { count: loads.length - shown.length })}
        </Button>
      )}
      <div className="yz-res-legend">
        <span>{t('legend')}</span>
        {['0', '≤25%', '≤50%', '≤75%', '≤100%'].map((label, level) => (
          <span key={label}>
            <i data-level={level} />
            {label}
          </span>
        ))}
        <span>
          <i data-level={5} />
          {t('overloadMark')}
        </span>
      </div>
    </section>
  )
}

/** Years and months above, the first day of each period below. */
export function Head({ periods, current, title }: { periods: readonly LoadPeriod[]; current: number; title: string }) {
  const months = useMemo(() => {
    const found: { readonly month: string; count: number }[] = []
    for (const { from, to } of periods) {
      const month = dayText(from).slice(0, to - from > 20 * 1440 ? 4 : 7)
      const last = found.at(-1)
      if (last?.month === month) last.count++
      else found.push({ month, count: 1 })
    }
    return found
  }, [periods])
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={2} className="yz-res-corner">
          {title}
        </th>
        {months.map(({ month, count }) => (
          <th key={month} scope="colgroup" colSpan={count}>
            <span className="yz-res-month-name">{month}</span>
          </th>
        ))}
      </tr>
      <tr>
        {periods.map(({ from, to }, column) => (
          <th
            key={from}
            scope="col"
            className="yz-res-period"
            data-now={column === current || undefined}
            title={dayText(from)}
          >
            {to - from > 20 * 1440 ? dayText(from).slice(5, 7) : dayText(from).slice(8)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface RowProps {
  readonly load: ResourceLoad
  readonly row: number
  readonly name: string
  readonly chosen: boolean
  /** Column that is chosen; column that the Tab key reaches before one is; −1 = none. */
  readonly at: number
  readonly reachable: number
  readonly current: number
  readonly onChoose: (choice: LoadChoice) => void
}

const HeatRow = memo(function HeatRow({ load, row, name, chosen, at, reachable, current, onChoose }: RowProps) {
  const t = useText(text)
  return (
    <tr>
      <th scope="row" className="yz-res-name" data-chosen={chosen || undefined} title={name}>
        <span className="yz-clip">{name}</span>
        {load.overloads > 0 && <span className="yz-tag yz-tag-bad yz-figure">▲ {load.overloads}</span>}
      </th>
      {load.periods.map((period, column) => {
        const share = shareText(period, t)
        const words = { resource: name, period: periodText(period.from, period.to, t), share }
        const level = levelOf(period)
        return (
          <td key={period.from} data-level={level} data-past={column < current || undefined}>
            <button
              type="button"
              data-at={`${row},${column}`}
              tabIndex={column === at || column === reachable ? 0 : -1}
              aria-pressed={column === at}
              aria-label={t(level === 5 ? 'cellOver' : 'cell', words)}
              onClick={() => onChoose({ resource: load.resource, from: period.from, to: period.to })}
            >
              {cellText(period)}
            </button>
          </td>
        )
      })}
    </tr>
  )
})

/** The percentage, with a mark that needs no colour where there is too much. */
export function cellText(period: LoadPeriod): string {
  const share = shareOf(period)
  const figure = share === null ? '∞' : share === 0 ? '' : String(Math.round(100 * share))
  return levelOf(period) === 5 ? `▲${figure}` : figure
}
