// One waiting report: the plan, what was said, what is taken of it and what that does.
import { Link } from '@tanstack/react-router'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Checkbox, Input } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { reasons } from '../progress-report.entity.ts'
import { Doubts } from './doubts.tsx'
import { DAY } from './draft.ts'
import { Shift } from './shift.tsx'
import { text } from './text.ts'
import type { SaidValues, Waiting } from './use-review.ts'

const DayPicker = lazy(() => import('@yingzao/ui/field/day-picker.tsx'))

interface Props {
  readonly plan: string
  readonly report: Waiting
  readonly may: boolean
  readonly chosen: boolean
  readonly changed: Partial<SaidValues>
  readonly onChoose: (on: boolean) => void
  readonly onChange: (values: Partial<SaidValues>) => void
  readonly onReturn: () => void
}

export function WaitingRow({ plan, report, may, chosen, changed, onChoose, onChange, onReturn }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const label = useLabel()
  const { name, now, effect } = report
  return (
    <tr>
      <td>
        {may && (
          <Checkbox
            aria-label={t('select', { name })}
            checked={chosen}
            onChange={event => onChoose(event.target.checked)}
          />
        )}
      </td>
      <td>
        <Link
          to="/$module/$name/$id"
          params={{ module: 'schedule', name: 'plan', id: plan }}
          search={{ task: report.task }}
          className="yz-link"
        >
          <span className="yz-figure">{report.number}</span> {name}
        </Link>
        <span className="yz-faint yz-small yz-block">{report.path}</span>
        <Doubts doubts={report.doubts} />
        {report.since.length > 0 && (
          <span className="yz-warn yz-block">
            {t('changedSince', { fields: report.since.map(each => t(each)).join('、') })}
          </span>
        )}
      </td>
      <td data-label={t('inPlan')} className="yz-figure">
        <div>
          {now.start_on === null && now.percent === 0 ? (
            <span className="yz-soft">{t('notStarted')}</span>
          ) : (
            <Standing
              values={{
                percent: String(now.percent / 100),
                remaining: null,
                start_on: now.start_on,
                finish_on: now.finish_on,
              }}
            />
          )}
        </div>
      </td>
      <td data-label={t('said')} className="yz-figure">
        <div>
          <Standing values={report} />
          {report.done_qty !== null && (
            <span className="yz-block">
              {t('qty', {
                done: formats.number(report.done_qty),
                total: formats.number(report.total_qty),
                unit: report.qty_unit ?? '',
              })}
            </span>
          )}
          <span className="yz-faint yz-small yz-block">
            {t('byOn', { name: report.by ?? '—', day: formats.date(report.reported_on) })}
          </span>
          {report.reason && <span className="yz-block">{t('reason', { reason: label(reasons[report.reason]) })}</span>}
          {report.note && <span className="yz-soft yz-block yz-waiting-note">{report.note}</span>}
          <RecordLink
            entity={{ module: 'progress', name: 'progress_report' }}
            id={report.id}
            className="yz-link yz-small"
          >
            {t('papers')}
          </RecordLink>
        </div>
      </td>
      <td data-label={t('takeAs')}>
        <div>
          {may ? (
            <Otherwise report={report} changed={changed} onChange={onChange} />
          ) : (
            <Standing values={report.taken} />
          )}
        </div>
      </td>
      <td data-label={t('effect')} className="yz-figure">
        <div>
          {effect && (
            <>
              <span className="yz-block">{t('taskFinish', { day: formats.date(effect.finish_on) })}</span>
              <span className="yz-block">
                {t('planFinish', { shift: '' })}
                <Shift days={effect.shift} />
              </span>
            </>
          )}
        </div>
      </td>
      <td className="yz-no-print">
        {may && (
          <Button size="small" onClick={onReturn}>
            {t('giveBack')}
          </Button>
        )}
      </td>
    </tr>
  )
}

function Standing({ values }: { values: SaidValues }) {
  const t = useText(text)
  const formats = useFormats()
  const { percent, remaining, start_on, finish_on } = values
  const parts = [
    ...(percent === null ? [] : [`${Math.round(Number(percent) * 100)}%`]),
    ...(remaining === null ? [] : [t('left', { time: formats.duration(remaining) })]),
    ...(start_on === null ? [] : [t('startedOn', { day: formats.date(start_on) })]),
    ...(finish_on === null ? [] : [t('finishedOn', { day: formats.date(finish_on) })]),
  ]
  return (
    <>
      {parts.map(part => (
        <span key={part} className="yz-block">
          {part}
        </span>
      ))}
    </>
  )
}

interface OtherwiseProps {
  readonly report: Waiting
  readonly changed: Partial<SaidValues>
  readonly onChange: (values: Partial<SaidValues>) => void
}

/** What is taken: as said, until the planner opens it to write something else. Percent and days left exclude each other. */
function Otherwise({ report, changed, onChange }: OtherwiseProps) {
  const t = useText(text)
  const [open, setOpen] = useState(Object.keys(changed).length > 0)
  const { name } = report
  const values: SaidValues = { ...report, ...changed }
  if (!open)
    return (
      <>
        <span className="yz-soft yz-block">{t('asSaid')}</span>
        <Button size="small" aria-label={t('changeOf', { name })} onClick={() => setOpen(true)}>
          {t('change')}
        </Button>
      </>
    )
  const byDays = values.remaining !== null && values.percent === null
  const figure = (given: string): number | null => {
    const read = Number(given.replace(',', '.'))
    return given.trim() === '' || !Number.isFinite(read) || read < 0 ? null : read
  }
  const typed = (given: string) => {
    const read = figure(given)
    if (byDays) return read === null ? undefined : onChange({ ...changed, remaining: Math.round(read * DAY) })
    if (given.trim() === '') return onChange({ ...changed, percent: null })
    if (read === null || read > 100) return undefined
    // Less than all of it is not finished.
    const finish = read < 100 ? { finish_on: null } : {}
    return onChange({ ...changed, percent: String(Math.round(read * 100) / 10_000), ...finish })
  }
  const day = (key: 'start_on' | 'finish_on', label: string) => (
    <DayPicker
      label={label}
      time={false}
      value={values[key] ?? ''}
      onChange={value => onChange({ ...changed, [key]: typeof value === 'string' ? value : null })}
    />
  )
  const shown = byDays ? (values.remaining ?? 0) / DAY : Math.round(Number(values.percent ?? Number.NaN) * 10_000) / 100
  return (
    <div className="yz-otherwise">
      <Input
        inputMode="decimal"
        className="yz-figure-input"
        aria-label={byDays ? t('takeDays', { name }) : t('takePercent', { name })}
        defaultValue={Number.isNaN(shown) ? '' : String(shown)}
        suffix={byDays ? t('daysUnit') : '%'}
        onChange={event => typed(event.target.value)}
      />
      <Suspense fallback={null}>
        {day('start_on', t('takeStart', { name }))}
        {day('finish_on', t('takeFinish', { name }))}
      </Suspense>
      <Button
        size="small"
        onClick={() => {
          onChange({})
          setOpen(false)
        }}
      >
        {t('asSaid')}
      </Button>
    </div>
  )
}
