// One task's report: tap how far it is, send. Dates, quantity, reason, note and photos when there is something to say.
import { CameraOutlined, CloseOutlined } from '@ant-design/icons'
import { today } from '@yingzao/ui/form/moment'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Drawer, Input } from 'antd'
import { type ReactNode, useId, useRef } from 'react'
import { reasons } from '../progress-report.entity.ts'
import { type Draft, isBehind, saysSomething, type TaskLine, tapped, tappedDays } from './draft.ts'
import { text } from './text.ts'

const STEPS = [25, 50, 75] as const
const DAYS = [1, 2, 3, 5] as const

interface Props {
  readonly task: TaskLine
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly onSend: () => void
  readonly onClose: () => void
  readonly problem: string | null
}

export function ReportSheet({ task, draft, onChange, onSend, onClose, problem }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const set = (patch: Partial<Draft>) => onChange({ ...draft, ...patch })
  const isToday = draft.asOf === today()
  const done = draft.finish !== ''
  return (
    <Drawer
      open
      placement="bottom"
      size="auto"
      className="yz-report-sheet"
      title={<span className="yz-clip yz-block">{task.name}</span>}
      closable={{ 'aria-label': t('close') }}
      onClose={onClose}
      footer={
        <Button type="primary" size="large" block disabled={!saysSomething(draft)} onClick={onSend}>
          {t('send')}
        </Button>
      }
    >
      <div className="yz-report-form">
        <p className="yz-soft yz-figure">
          {task.project}
          {task.project && ' · '}
          {t('planSays', {
            start: formats.date(task.start_on),
            finish: formats.date(task.finish_on),
            percent: `${Math.round(task.percent)}%`,
          })}
        </p>
        {problem && (
          <p className="yz-bad" role="alert">
            {problem}
          </p>
        )}
        <fieldset className="yz-taps" aria-label={t('what')}>
          <Tap
            at="start"
            on={draft.start === draft.asOf && draft.percent === '' && draft.days === '' && !done}
            onTap={() => onChange(tapped(draft, task, 'start'))}
          >
            {isToday ? t('startedToday') : t('startedThen')}
          </Tap>
          <Tap at="finish" on={done} onTap={() => onChange(tapped(draft, task, 'finish'))}>
            {isToday ? t('finishedToday') : t('finishedThen')}
          </Tap>
          {STEPS.map(step => (
            <Tap
              key={step}
              at="share"
              on={draft.percent === String(step) && !done}
              onTap={() => onChange(tapped(draft, task, step))}
            >
              {step}%
            </Tap>
          ))}
        </fieldset>
        <fieldset className="yz-taps yz-taps-days">
          <legend className="yz-soft">{t('remainingDays')}</legend>
          {DAYS.map(days => (
            <Tap key={days} on={draft.days === String(days)} onTap={() => onChange(tappedDays(draft, task, days))}>
              {t('daysLeft', { days })}
            </Tap>
          ))}
        </fieldset>
        {isBehind(draft, task) && <Reasons reason={draft.reason} onReason={reason => set({ reason })} />}
        <Photos photos={draft.photos} onPhotos={photos => set({ photos })} />
        <Details task={task} draft={draft} set={set} />
      </div>
    </Drawer>
  )
}

interface TapProps {
  readonly at?: 'start' | 'finish' | 'share'
  readonly on: boolean
  readonly onTap: () => void
  readonly children: ReactNode
}

const Tap = ({ at, on, onTap, children }: TapProps) => (
  <button
    type="button"
    className={at ? `yz-tap yz-figure yz-tap-${at}` : 'yz-tap yz-figure'}
    aria-pressed={on}
    onClick={onTap}
  >
    {children}
  </button>
)

function Reasons({ reason, onReason }: { reason: string; onReason: (reason: string) => void }) {
  const t = useText(text)
  const label = useLabel()
  return (
    <fieldset className="yz-reasons">
      <legend className="yz-soft">{t('behind')}</legend>
      {Object.entries(reasons).map(([key, words]) => (
        <button
          key={key}
          type="button"
          className="yz-chip"
          aria-pressed={reason === key}
          onClick={() => onReason(reason === key ? '' : key)}
        >
          {label(words)}
        </button>
      ))}
    </fieldset>
  )
}

function Photos({ photos, onPhotos }: { photos: readonly File[]; onPhotos: (photos: readonly File[]) => void }) {
  const t = useText(text)
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="yz-stack">
      <Button icon={<CameraOutlined aria-hidden="true" />} onClick={() => input.current?.click()}>
        {t('photo')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={event => {
          const given = [...(event.target.files ?? [])]
          event.target.value = ''
          onPhotos([...photos, ...given])
        }}
      />
      {photos.length > 0 && (
        <ul className="yz-photo-list">
          {photos.map(photo => (
            <li key={`${photo.name} ${photo.size} ${photo.lastModified}`}>
              <span className="yz-clip">{photo.name}</span>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden="true" />}
                aria-label={t('dropPhoto', { name: photo.name })}
                onClick={() => onPhotos(photos.filter(each => each !== photo))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Details({ task, draft, set }: { task: TaskLine; draft: Draft; set: (patch: Partial<Draft>) => void }) {
  const t = useText(text)
  const id = useId()
  const field = (name: keyof Draft & string, label: string, more: object = {}) => (
    <label htmlFor={`${id}-${name}`}>
      <span className="yz-report-label">{label}</span>
      <Input
        id={`${id}-${name}`}
        value={String(draft[name])}
        onChange={event => set({ [name]: event.target.value })}
        {...more}
      />
    </label>
  )
  const date = { type: 'date' }
  const figure = { inputMode: 'decimal' as const, className: 'yz-figure-input' }
  // An actual start that was just filled in stands open to be corrected.
  const open = draft.start !== '' && !task.started
  return (
    <>
      {open && <div className="yz-report-fields">{field('start', t('startOn'), { ...date, max: draft.asOf })}</div>}
      <details>
        <summary className="yz-link">{t('details')}</summary>
        <div className="yz-report-fields">
          {field('asOf', t('asOf'), date)}
          {field('percent', t('otherPercent'), { ...figure, suffix: '%' })}
          {field('days', t('otherDays'), figure)}
          {!open && field('start', t('startOn'), date)}
          {field('finish', t('finishOn'), date)}
          {field('done', t('quantity'), figure)}
          {field('total', t('total'), figure)}
          {field('unit', t('unit'))}
        </div>
        <label htmlFor={`${id}-note`} className="yz-report-note">
          <span className="yz-report-label">{t('note')}</span>
          <Input.TextArea
            id={`${id}-note`}
            rows={2}
            maxLength={2000}
            value={draft.note}
            onChange={event => set({ note: event.target.value })}
          />
        </label>
      </details>
    </>
  )
}
