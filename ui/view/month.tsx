// A list as a calendar: a month of weeks, records as bars over their days, moved by drag where they may be changed.
import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import type { EntityMeta, FieldMeta, Json, Query, RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { Button, Popover, Select } from 'antd'
import { type CSSProperties, useMemo, useState } from 'react'
import { useChanges } from '../data/changes.ts'
import { RecordLink } from '../data/link.tsx'
import { titleOf } from '../data/meta.ts'
import { useSay } from '../data/say.ts'
import { anyField } from '../field/system.ts'
import { Failed } from '../shell/notice.tsx'
import { useFormats, useLabel, useLanguage, useText } from '../text/language.tsx'
import { usePhone } from '../theme/mode.tsx'
import type { Span } from './look.ts'
import { text } from './text.ts'
import { addDays, addMonths, barsOf, daysBetween, type Event, localDay, weeksOf } from './weeks.ts'
import './month.css'

interface Props {
  readonly entity: EntityMeta
  readonly query: Query
  readonly spans: readonly Span[]
  readonly span: Span
  readonly month: string
  readonly onMonth: (month: string) => void
  readonly onSpan: (from: string) => void
  readonly onCreate: ((given: Readonly<Record<string, string>>) => void) | undefined
}

interface Dated extends Event {
  readonly record: RecordJson
}

const MOST = 500
/** Bars of a day on a desk before the rest is behind "n more". */
const LINES = 3

/** The day a value falls on, for its reader. */
function dayOf(field: FieldMeta, value: Json | undefined): string | null {
  if (typeof value !== 'string' || value === '') return null
  return field.kind === 'instant' ? localDay(new Date(value)) : value.slice(0, 10)
}
const startOf = (field: FieldMeta, day: string): string =>
  field.kind === 'instant' ? new Date(`${day}T00:00:00`).toISOString() : day
const endOf = (field: FieldMeta, day: string): string =>
  field.kind === 'instant' ? new Date(`${day}T23:59:59.999`).toISOString() : day

/** Records whose span touches the days; those without an end stand on their first day. */
function useSpan(entity: EntityMeta, query: Query, { from, to }: Span, first: string, last: string) {
  const fields = [...new Set([...(query.fields ?? []), from.name, ...(to ? [to.name] : [])])]
  const base = { ...query, fields, sort: [from.name], limit: MOST, count: false }
  const starting = { ge: startOf(from, first), le: endOf(from, last) }
  const points = useList(entity.name, {
    ...base,
    filter: { ...query.filter, [from.name]: starting, ...(to ? { [to.name]: { empty: true } } : {}) },
  })
  const long = useList(
    entity.name,
    to
      ? {
          ...base,
          filter: { ...query.filter, [from.name]: { le: endOf(from, last) }, [to.name]: { ge: startOf(to, first) } },
        }
      : base,
    { enabled: to !== null },
  )
  return {
    records: to ? [...long.items, ...points.items] : points.items,
    more: points.hasMore || (to !== null && long.hasMore),
    error: points.error ?? long.error,
    refetch: () => {
      points.refetch()
      if (to) long.refetch()
    },
  }
}

export default function Month({ entity, query, spans, span, month, onMonth, onSpan, onCreate }: Props) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const { lang } = useLanguage()
  const say = useSay()
  const phone = usePhone()
  const changes = useChanges(entity.name)
  const today = localDay(new Date())
  const [picked, setPicked] = useState(today)
  const [dragged, setDragged] = useState<Dated | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const weeks = useMemo(() => weeksOf(month), [month])
  const first = weeks[0]?.[0] ?? `${month}-01`
  const last = weeks.at(-1)?.at(-1) ?? `${month}-28`
  const { records, more, error, refetch } = useSpan(entity, query, span, first, last)
  const events = useMemo(
    () =>
      records.flatMap((record): Dated[] => {
        const from = dayOf(span.from, record[span.from.name])
        if (!from) return []
        const to = span.to ? dayOf(span.to, record[span.to.name]) : null
        return [{ id: record.id, record, from, to: to !== null && to > from ? to : from }]
      }),
    [records, span],
  )
  const tone = entity.stages ? anyField(entity, 'stage') : entity.fields.find(field => field.kind === 'choice')
  const weekdays = useMemo(() => {
    const format = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-US', { weekday: 'short', timeZone: 'UTC' })
    return (weeks[0] ?? []).map(day => format.format(new Date(`${day}T00:00:00Z`)))
  }, [weeks, lang])

  const settable = (field: FieldMeta | null) =>
    !field || (field.kind === 'date' && field.right === 'edit' && !field.formula && !field.system)
  const movable = (record: RecordJson) => settable(span.from) && settable(span.to) && record._can.includes('update')
  const drop = async (day: string) => {
    const event = dragged
    setDragged(null)
    setOver(null)
    if (!event || event.from === day) return
    const shift = daysBetween(event.from, day)
    const shifted = (field: FieldMeta) => {
      const at = dayOf(field, event.record[field.name])
      return at === null ? {} : { [field.name]: addDays(at, shift) }
    }
    const before = (field: FieldMeta) => ({ [field.name]: event.record[field.name] ?? null })
    const { id, version } = event.record
    try {
      const after = await changes.patch(id, version, { ...shifted(span.from), ...(span.to ? shifted(span.to) : {}) })
      say.undoable(t('rescheduled', { name: titleOf(entity, event.record), day }), () =>
        changes.patch(id, after.version, { ...before(span.from), ...(span.to ? before(span.to) : {}) }),
      )
    } catch (failure) {
      say.bad(failure)
      refetch()
    }
  }

  if (error && records.length === 0) return <Failed error={error} retry={refetch} />

  const on = (day: string) => events.filter(event => event.from <= day && event.to >= day)
  const toneOf = (record: RecordJson) => {
    const value = tone ? record[tone.name] : undefined
    return tone?.kind === 'choice' && typeof value === 'string' ? (tone.options[value]?.tone ?? 'neutral') : 'neutral'
  }
  const agenda = (day: string) => (
    <ul className="yz-month-agenda">
      {on(day).map(event => (
        <li key={event.id} className={`yz-month-item yz-tag-${toneOf(event.record)}`}>
          <RecordLink entity={entity} id={event.id} className="yz-clip">
            {titleOf(entity, event.record)}
          </RecordLink>
        </li>
      ))}
    </ul>
  )
  return (
    <section className="yz-month" aria-label={t('calendar')}>
      <div className="yz-month-bar">
        <Button
          icon={<LeftOutlined aria-hidden="true" />}
          aria-label={t('before')}
          onClick={() => onMonth(addMonths(month, -1))}
        />
        <h2 className="yz-month-name yz-figure" aria-live="polite">
          {formats.month(`${month}-01`)}
        </h2>
        <Button
          icon={<RightOutlined aria-hidden="true" />}
          aria-label={t('after')}
          onClick={() => onMonth(addMonths(month, 1))}
        />
        <Button
          onClick={() => {
            onMonth(today.slice(0, 7))
            setPicked(today)
          }}
        >
          {t('today')}
        </Button>
        <span className="yz-grow" />
        {spans.length > 1 && (
          <Select
            value={span.from.name}
            aria-label={t('look')}
            options={spans.map(each => ({ value: each.from.name, label: t('by', { name: label(each.from.label) }) }))}
            onChange={onSpan}
            popupMatchSelectWidth={false}
          />
        )}
      </div>
      {more && <p className="yz-month-note yz-warn">{t('tooMany', { count: MOST })}</p>}
      <div className="yz-month-days" aria-hidden="true">
        {weekdays.map(day => (
          <span key={day}>{day}</span>
        ))}
      </div>
      <div className="yz-month-weeks">
        {weeks.map(week => {
          const bars = barsOf(week, events)
          const shown = bars.filter(bar => bar.line < LINES)
          return (
            <div className="yz-month-week" key={week[0]}>
              {week.map((day, column) => {
                const hidden = bars.filter(bar => bar.line >= LINES && bar.first <= column && bar.last >= column).length
                const count = on(day).length
                const classes = [
                  'yz-month-day',
                  day.slice(0, 7) === month ? '' : 'yz-month-other',
                  column > 4 ? 'yz-month-rest' : '',
                  day === today ? 'yz-month-today' : '',
                  day === over && dragged ? 'yz-month-over' : '',
                  phone && day === picked ? 'yz-month-picked' : '',
                ]
                const words = count === 0 ? t('nothingOn', { day }) : t('onDay', { day, count })
                return (
                  // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the record's form does the same.
                  <div
                    key={day}
                    className={classes.filter(Boolean).join(' ')}
                    style={{ gridColumn: column + 1 }}
                    onDragOver={event => {
                      if (!dragged) return
                      event.preventDefault()
                      setOver(day)
                    }}
                    onDrop={event => {
                      event.preventDefault()
                      void drop(day)
                    }}
                  >
                    {phone ? (
                      <button
                        type="button"
                        className="yz-month-pick"
                        aria-pressed={day === picked}
                        onClick={() => setPicked(day)}
                      >
                        <span className="yz-figure" aria-hidden="true">
                          {Number(day.slice(8))}
                        </span>
                        <span className="yz-said">{words}</span>
                        <span className="yz-month-dots" aria-hidden="true">
                          {on(day)
                            .slice(0, 3)
                            .map(event => (
                              <i key={event.id} className={`yz-tag-${toneOf(event.record)}`} />
                            ))}
                        </span>
                      </button>
                    ) : (
                      <>
                        <span className="yz-month-number yz-figure">{Number(day.slice(8))}</span>
                        {onCreate && settable(span.from) && (
                          <button
                            type="button"
                            className="yz-month-new"
                            aria-label={t('newOn', { day })}
                            title={t('newOn', { day })}
                            onClick={() => onCreate({ [span.from.name]: day })}
                          >
                            +
                          </button>
                        )}
                        {hidden > 0 && (
                          <Popover trigger="click" title={words} content={agenda(day)}>
                            <button type="button" className="yz-month-more">
                              {t('more', { count: hidden })}
                            </button>
                          </Popover>
                        )}
                      </>
                    )}
                  </div>
                )
              })}
              {!phone &&
                shown.map(({ event, first: from, last: to, line, before, after }) => (
                  // biome-ignore lint/a11y/noStaticElementInteractions: dragging is the mouse's way; the record's form does the same.
                  <div
                    key={event.id}
                    className={`yz-month-bar-of yz-tag-${toneOf(event.record)}${before ? ' yz-month-before' : ''}${
                      after ? ' yz-month-after' : ''
                    }`}
                    style={{ gridColumn: `${from + 1} / ${to + 2}`, '--line': line } as CSSProperties}
                    draggable={movable(event.record)}
                    onDragStart={move => {
                      move.dataTransfer.effectAllowed = 'move'
                      move.dataTransfer.setData('text/plain', titleOf(entity, event.record))
                      setDragged(event)
                    }}
                    onDragEnd={() => {
                      setDragged(null)
                      setOver(null)
                    }}
                  >
                    <RecordLink entity={entity} id={event.id} className="yz-clip">
                      {titleOf(entity, event.record)}
                    </RecordLink>
                  </div>
                ))}
            </div>
          )
        })}
      </div>
      {phone && (
        <div className="yz-month-picked-day">
          <h3 className="yz-figure">{picked}</h3>
          {on(picked).length === 0 ? <p className="yz-soft">{t('nothingOn', { day: picked })}</p> : agenda(picked)}
          {onCreate && settable(span.from) && (
            <Button onClick={() => onCreate({ [span.from.name]: picked })}>{t('newOn', { day: picked })}</Button>
          )}
        </div>
      )}
    </section>
  )
}
