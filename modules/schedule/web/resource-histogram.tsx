// The load of one resource over time as bars against a line of what there is of it.
import type { LoadPeriod, LoadUnit } from '@yingzao/engines/levelling'
import { useText } from '@yingzao/ui/text/language.tsx'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { levelOf } from './resource-heat.tsx'
import { daysText, dayText, type LoadChoice, periodText, shareText } from './resource-period.ts'
import { text } from './resource-text.ts'

interface Props {
  readonly resource: string
  readonly periods: readonly LoadPeriod[]
  readonly unit: LoadUnit
  readonly perDay: number
  readonly chosen: LoadChoice | null
  readonly onChoose: (choice: LoadChoice) => void
  readonly now: number
}

const WIDTH = { day: 10, week: 24, month: 48 } as const
const HEIGHT = 160
const TOP = 18
const FOOT = 22
const AXIS = 40

export function ResourceHistogram({ resource, periods, unit, perDay, chosen, onChoose, now }: Props) {
  const t = useText(text)
  const box = useRef<HTMLDivElement>(null)
  const step = WIDTH[unit]
  const most = Math.max(perDay, ...periods.map(each => Math.max(each.work, each.available)))
  const scale = niceTop(most / perDay) * perDay
  const y = (minutes: number) => TOP + HEIGHT * (1 - minutes / scale)
  const current = Math.max(
    0,
    periods.findIndex(period => period.to > now),
  )
  useEffect(() => {
    if (box.current) box.current.scrollLeft = Math.max(0, (current - 2) * step)
  }, [current, step])
  const at = periods.findIndex(period => period.from === chosen?.from && period.to === chosen?.to)
  const reachable = at >= 0 ? at : current
  // What was chosen in the heat map is brought into view.
  useEffect(() => {
    const view = box.current
    const x = at * step
    if (view && at >= 0 && (x < view.scrollLeft || x + step > view.scrollLeft + view.clientWidth))
      view.scrollLeft = Math.max(0, x - view.clientWidth / 2)
  }, [at, step])
  const press = (event: KeyboardEvent, column: number) => {
    const period = periods[column]
    if (period && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      onChoose({ resource, from: period.from, to: period.to })
      return
    }
    const to = { ArrowRight: column + 1, ArrowLeft: column - 1, Home: 0, End: periods.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = box.current?.querySelector(`[data-column="${to}"]`)
    if (!(next instanceof SVGElement)) return
    next.focus({ preventScroll: true })
    next.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  const line = periods.map(({ available }, k) => `${k === 0 ? 'M' : 'L'}${k * step} ${y(available)}h${step}`).join('')
  return (
    <>
      <div className="yz-res-histogram">
        <svg className="yz-res-axis" width={AXIS} height={TOP + HEIGHT + FOOT} aria-hidden="true">
          {[0, 0.5, 1].map(part => (
            <text key={part} x={AXIS - 6} y={y(part * scale) + 4} textAnchor="end">
              {daysText(part * scale, perDay)}
            </text>
          ))}
        </svg>
        <div className="yz-res-bars" ref={box}>
          {/* biome-ignore lint/a11y/noSvgWithoutTitle: each bar has its own words */}
          <svg width={periods.length * step + 8} height={TOP + HEIGHT + FOOT}>
            <defs>
              <pattern
                id="yz-res-hatch"
                width="6"
                height="6"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <rect className="yz-res-over-ground" width="6" height="6" />
                <line className="yz-res-over-line" x1="0" y1="0" x2="0" y2="6" />
              </pattern>
            </defs>
            {[0, 0.5, 1].map(part => (
              <line
                key={part}
                className="yz-res-rule"
                x1={0}
                x2={periods.length * step}
                y1={y(part * scale)}
                y2={y(part * scale)}
              />
            ))}
            {periods.map((period, column) => {
              const over = levelOf(period) === 5
              const words = {
                period: periodText(period.from, period.to, t),
                work: daysText(period.work, perDay),
                available: daysText(period.available, perDay),
                share: shareText(period, t),
              }
              const label = t(over ? 'barOver' : 'bar', words)
              const inside = Math.min(period.work, period.available)
              const x = column * step
              return (
                // biome-ignore lint/a11y/useSemanticElements: there is no button inside an SVG.
                <g
                  key={period.from}
                  role="button"
                  className="yz-res-bar"
                  data-column={column}
                  data-past={period.to <= now || undefined}
                  tabIndex={column === reachable ? 0 : -1}
                  aria-label={label}
                  aria-pressed={column === at}
                  onClick={() => onChoose({ resource, from: period.from, to: period.to })}
                  onKeyDown={event => press(event, column)}
                >
                  <title>{label}</title>
                  <rect className="yz-res-touch" x={x} y={0} width={step} height={TOP + HEIGHT} />
                  <rect className="yz-res-used" x={x + 1} width={step - 2} y={y(inside)} height={y(0) - y(inside)} />
                  {period.work > inside && (
                    <rect
                      fill="url(#yz-res-hatch)"
                      className="yz-res-over"
                      x={x + 1}
                      width={step - 2}
                      y={y(period.work)}
                      height={y(inside) - y(period.work)}
                    />
                  )}
                  {over && (
                    <text className="yz-res-mark" x={x + step / 2} y={y(period.work) - 4} textAnchor="middle">
                      ▲
                    </text>
                  )}
                </g>
              )
            })}
            <path className="yz-res-line" d={line} />
            {periods.map(({ from }, column) => {
              const day = dayText(from)
              const before = column === 0 ? '' : dayText(periods[column - 1]?.from ?? from)
              const first = unit === 'month' ? true : day.slice(0, 7) !== before.slice(0, 7)
              if (!first || (column > 0 && unit !== 'month' && column * step < 40)) return null
              return (
                <text key={from} className="yz-res-month" x={column * step + 2} y={TOP + HEIGHT + 15}>
                  {unit === 'month' && day.slice(5, 7) !== '01' && column > 0 ? day.slice(5, 7) : day.slice(0, 7)}
                </text>
              )
            })}
          </svg>
        </div>
      </div>
      <div className="yz-res-legend">
        <span>{t('inDays')}</span>
        <span>
          <i className="yz-res-key-used" />
          {t('used')}
        </span>
        <span>
          <i className="yz-res-key-over" />
          {t('beyond')}
        </span>
        <span>
          <i className="yz-res-key-line" />
          {t('available')}
        </span>
      </div>
    </>
  )
}

/** 1, 2 or 5 times a power of ten, at or above. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  return ([1, 2, 5].find(each => each * power >= value) ?? 10) * power
}
