// 报进度: the tasks of now and soon, each reported in three taps: the task, how far it is, send. Made for a thumb.
import { newId } from '@yingzao/platform/client'
import { useSay } from '@yingzao/ui/data/say'
import { today } from '@yingzao/ui/form/moment'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { fill } from '@yingzao/ui/text/words'
import { Input, Segmented } from 'antd'
import { useDeferredValue, useState } from 'react'
import { doubtText } from '../doubt.ts'
import { daysBetween, mondayFor, plusDays } from './day.ts'
import { readDoubts } from './doubts.tsx'
import { type Draft, draftOf, emptyDraft, inputOf, type TaskLine } from './draft.ts'
import type { Kept } from './outbox.ts'
import { OutboxNote } from './outbox-note.tsx'
import './report.css'
import { ReportSheet } from './report-sheet.tsx'
import { text } from './text.ts'
import { useOutbox } from './use-outbox.ts'
import { type Standing, useReportTasks } from './use-report-tasks.ts'

type Span = 'week1' | 'week2' | 'week6'
const weeks = { week1: 1, week2: 2, week6: 6 } as const

export default function ReportPage() {
  const t = useText(text)
  const label = useLabel()
  const say = useSay()
  const now = today()
  const [span, setSpan] = useState<Span>('week2')
  const [whose, setWhose] = useState<'mine' | 'all'>('mine')
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search)
  const found = useReportTasks(whose, plusDays(mondayFor(now), 7 * weeks[span] - 1), asked)
  const outbox = useOutbox()
  const [open, setOpen] = useState<{
    readonly task: TaskLine
    readonly id: string
    readonly problem: string | null
  } | null>(null)
  // What was begun for a task stays while the page is open, also when its sheet is closed by a slip of the thumb.
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map())
  const draft = open && (drafts.get(open.task.id) ?? emptyDraft(now, found.quantity.get(open.task.id)))
  const set = (task: string, value: Draft | null) =>
    setDrafts(known => {
      const next = new Map(known)
      if (value) next.set(task, value)
      else next.delete(task)
      return next
    })

  const post = async () => {
    if (!open || !draft) return
    const { task, id } = open
    const input = inputOf(id, task.id, draft)
    setOpen(null)
    set(task.id, null)
    try {
      const sent = await outbox.post({ id, name: task.name, input, photos: draft.photos })
      if (sent.at === 'offline') return say.info(t('kept'))
      if (sent.at === 'refused') return say.bad(new Error(sent.problem))
      const [doubt] = readDoubts(sent.doubts)
      if (doubt) say.info(t('sentDoubt', { doubt: fill(label(doubtText[doubt.code]), doubt.values) }))
      else say.good(t('sent'))
    } catch (error) {
      // The device keeps nothing (private browsing, no room): back into the hand.
      set(task.id, draft)
      setOpen({ task, id, problem: say.reason(error) })
    }
  }
  const correct = (entry: Kept) => {
    const known = found.lines.find(each => each.id === entry.input.task)
    const task = known ?? { ...unknownTask, id: entry.input.task, name: entry.name }
    set(task.id, draftOf(entry.input, entry.photos))
    void outbox.discard(entry.id)
    // A report that the server refused was never there: it goes out under a new id.
    setOpen({ task, id: newId(), problem: entry.problem ?? null })
  }

  const groups = [
    { key: 'overdue', lines: found.lines.filter(each => each.finish_on !== null && each.finish_on < now) },
    {
      key: 'running',
      lines: found.lines.filter(
        each => !(each.finish_on !== null && each.finish_on < now) && (each.started || (each.start_on ?? '') <= now),
      ),
    },
    {
      key: 'coming',
      lines: found.lines.filter(
        each => !(each.finish_on !== null && each.finish_on < now) && !each.started && (each.start_on ?? '') > now,
      ),
    },
  ] as const
  const unsent = new Set(outbox.waiting.map(each => each.input.task))
  return (
    <>
      <PageHeader title={t('report')} />
      <div className="yz-report-page">
        <OutboxNote outbox={outbox} onCorrect={correct} />
        <div className="yz-report-filters">
          <Segmented<'mine' | 'all'>
            aria-label={t('whose')}
            value={whose}
            onChange={setWhose}
            options={[
              { value: 'mine', label: t('mine') },
              { value: 'all', label: t('ofProjects') },
            ]}
          />
          <Segmented<Span>
            aria-label={t('horizon')}
            value={span}
            onChange={setSpan}
            options={[
              { value: 'week1', label: t('week1') },
              { value: 'week2', label: t('week2') },
              { value: 'week6', label: t('week6') },
            ]}
          />
          <Input.Search
            allowClear
            aria-label={t('find')}
            placeholder={t('find')}
            value={search}
            onChange={event => setSearch(event.target.value)}
          />
        </div>
        {found.error && found.lines.length === 0 ? (
          <Failed error={found.error} retry={found.retry} />
        ) : found.isPending ? (
          <Waiting />
        ) : found.lines.length === 0 ? (
          <div className="yz-notice">
            <h2>{t(whose === 'mine' ? 'noneMine' : 'noneAll')}</h2>
            <div className="yz-soft">{t(whose === 'mine' ? 'noneMineNext' : 'noneAllNext')}</div>
          </div>
        ) : (
          groups
            .filter(each => each.lines.length > 0)
            .map(({ key, lines }) => (
              <section key={key} aria-labelledby={`yz-report-${key}`}>
                <h2 id={`yz-report-${key}`}>
                  {t(key)} <span className="yz-faint yz-figure">{lines.length}</span>
                </h2>
                <ul className="yz-report-list">
                  {lines.map(task => (
                    <li key={task.id}>
                      <TaskButton
                        task={task}
                        now={now}
                        standing={found.standing.get(task.id)}
                        unsent={unsent.has(task.id)}
                        onOpen={() => setOpen({ task, id: newId(), problem: null })}
                      />
                    </li>
                  ))}
                </ul>
              </section>
            ))
        )}
        {found.hasMore && <p className="yz-soft">{t('more')}</p>}
      </div>
      {open && draft && (
        <ReportSheet
          task={open.task}
          draft={draft}
          problem={open.problem}
          onChange={value => set(open.task.id, value)}
          onSend={() => void post()}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

/** A kept report whose task has left the list. */
const unknownTask: Omit<TaskLine, 'id' | 'name'> = {
  ...{ project: '', start_on: null, finish_on: null, percent: 0, started: true, duration: 0, critical: false },
}

interface TaskButtonProps {
  readonly task: TaskLine
  readonly now: string
  readonly standing: Standing | undefined
  readonly unsent: boolean
  readonly onOpen: () => void
}

function TaskButton({ task, now, standing, unsent, onOpen }: TaskButtonProps) {
  const t = useText(text)
  const formats = useFormats()
  const late = task.finish_on === null ? 0 : daysBetween(task.finish_on, now)
  const percent = Math.round(task.percent)
  return (
    <button type="button" className="yz-report-task" onClick={onOpen}>
      <span className="yz-report-name">
        <strong>{task.name}</strong>
        {task.critical && <span className="yz-tag yz-tag-bad">{t('critical')}</span>}
        {unsent && <span className="yz-tag yz-tag-warn">{t('unsentTag')}</span>}
        {standing?.stage === 'reported' && <span className="yz-tag yz-tag-info">{t('waitingTag')}</span>}
        {standing?.stage === 'returned' && <span className="yz-tag yz-tag-warn">{t('returnedTag')}</span>}
      </span>
      <span className="yz-report-meta yz-figure">
        <span className="yz-soft">
          {t('dates', { start: formats.date(task.start_on), finish: formats.date(task.finish_on) })}
        </span>
        {late > 0 && <span className="yz-bad">{t('lateBy', { days: late })}</span>}
        <span className="yz-faint yz-clip">{task.project}</span>
      </span>
      {standing?.stage === 'returned' && standing.answer && (
        <span className="yz-warn">{t('returnedWords', { words: standing.answer })}</span>
      )}
      <span className="yz-report-bar" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>
      <span className="yz-report-percent yz-figure">{percent}%</span>
    </button>
  )
}
