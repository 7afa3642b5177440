// Where two plans differ, task by task; a task's name opens it on the Gantt.
import { useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Segmented, Select } from 'antd'
import { useMemo, useState } from 'react'
import type { TaskDifference } from '../compare.ts'
import { dayText, More, taskNames } from './analysis.tsx'
import type { Compared, SideInput } from './compare.worker.ts'
import { text } from './compare-text.ts'
import { fieldWord } from './edit-summary.ts'
import { TaskLink } from './public.tsx'
import { ScrollBox } from './scroll-box.tsx'

interface Props {
  /** Plan whose Gantt the tasks are opened on. */
  readonly id: string
  readonly compared: Compared
  readonly sides: readonly SideInput[]
  readonly nameOf: (key: string) => string
}

type Kind = 'all' | 'own' | 'moved'
const STEP = 50
const FOLLOWING: ReadonlySet<string> = new Set(['duration', 'remainingDuration', 'assignments', 'work'])
const tones = { added: 'good', removed: 'bad', changed: 'info', moved: 'neutral' } as const

export function CompareDifferences({ id, compared, sides, nameOf }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const { lang } = useLanguage()
  const [first, ...others] = compared.sides
  const [picked, setPicked] = useState<string | null>(null)
  const [kind, setKind] = useState<Kind>('all')
  const [shown, setShown] = useState(STEP)
  const other = others.find(each => each.key === picked) ?? others[0]
  const here = sides.find(each => each.key === `plan:${id}`)?.plan
  const second = sides.find(each => each.key === other?.key)
  const numbers = useMemo(() => (second ? taskNames(second.plan) : new Map()), [second])
  const known = useMemo(() => new Set(here?.tasks.map(task => task.id)), [here])
  if (!first || !other) return null
  const own = other.differences.filter(each => each.what !== 'moved')
  const moved = other.differences.filter(each => each.what === 'moved')
  const rows = { all: other.differences, own, moved }[kind]
  const duration = (of: TaskDifference['dates'][number]) => (of ? formats.duration(Math.round(of.duration)) : '—')
  const change = ([a, b]: TaskDifference['dates'], read: (of: TaskDifference['dates'][number]) => string) => {
    const [was, now] = [read(a), read(b)]
    if (!a || !b || was === now) return a && b ? was : a ? was : now
    return (
      <>
        <del className="yz-faint">{was}</del> <span>{now}</span>
      </>
    )
  }
  // The duration stands in its own column, and work follows it.
  const inWords = (fields: readonly string[]) => {
    const own = fields.includes('duration') ? fields.filter(field => !FOLLOWING.has(field)) : fields
    const said = own.map(field => fieldWord(field, lang) ?? (field === 'assignments' ? t('crew') : t('otherField')))
    return [...new Set(said)].join(lang === 'zh' ? '、' : ', ')
  }
  const names = (of: readonly string[]) =>
    of.slice(0, 3).join(lang === 'zh' ? '、' : ', ') + (of.length > 3 ? ` +${of.length - 3}` : '')
  return (
    <section className="yz-section yz-stack">
      <div className="yz-analysis-head">
        <h2>{t('differences')}</h2>
        {others.length > 1 && (
          <Select
            className="yz-no-print yz-compare-other"
            aria-label={t('chooseOther')}
            value={other.key}
            options={others.map(each => ({ value: each.key, label: nameOf(each.key) }))}
            onChange={next => {
              setPicked(next)
              setShown(STEP)
            }}
          />
        )}
      </div>
      <p className="yz-soft">{t('versus', { one: nameOf(first.key), other: nameOf(other.key) })}</p>
      {other.differences.length === 0 ? (
        <p>{t('same')}</p>
      ) : (
        <>
          <div className="yz-scroll-x yz-no-print">
            <Segmented<Kind>
              aria-label={t('filter')}
              size="small"
              value={kind}
              onChange={next => {
                setKind(next)
                setShown(STEP)
              }}
              options={[
                { value: 'all', label: t('allRows', { count: other.differences.length }) },
                { value: 'own', label: t('ownRows', { count: own.length }) },
                { value: 'moved', label: t('movedRows', { count: moved.length }) },
              ]}
            />
          </div>
          <ScrollBox label={t('differences')}>
            <table className="yz-plain-table yz-compare-rows">
              <thead>
                <tr>
                  <th scope="col">#</th>
                  <th scope="col">{t('task')}</th>
                  <th scope="col">{t('what')}</th>
                  <th scope="col">{t('startColumn')}</th>
                  <th scope="col">{t('finishColumn')}</th>
                  <th scope="col" className="yz-right">
                    {t('shift')}
                  </th>
                  <th scope="col">{t('durationColumn')}</th>
                  <th scope="col">{t('linksColumn')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, shown).map(row => (
                  <tr key={row.id}>
                    <td className="yz-faint yz-figure">{numbers.get(row.id)?.number ?? ''}</td>
                    <td>
                      {known.has(row.id) ? (
                        <TaskLink plan={id} task={row.id}>
                          {row.name}
                        </TaskLink>
                      ) : (
                        row.name
                      )}
                    </td>
                    <td>
                      <span className={`yz-tag yz-tag-${tones[row.what]}`}>{t(row.what)}</span>
                    </td>
                    <td className="yz-figure yz-nowrap">{change(row.dates, of => (of ? dayText(of.start) : '—'))}</td>
                    <td className="yz-figure yz-nowrap">{change(row.dates, of => (of ? dayText(of.finish) : '—'))}</td>
                    <td className={`yz-figure yz-right ${row.days > 0 ? 'yz-bad' : row.days < 0 ? 'yz-good' : ''}`}>
                      {row.days === 0 ? '' : `${row.days > 0 ? '+' : '−'}${Math.abs(row.days)}`}
                    </td>
                    <td className="yz-figure yz-nowrap">{change(row.dates, duration)}</td>
                    <td>
                      {[
                        row.links.added.length > 0 && t('linkAdded', { names: names(row.links.added) }),
                        row.links.removed.length > 0 && t('linkRemoved', { names: names(row.links.removed) }),
                        row.links.changed.length > 0 && t('linkChanged', { names: names(row.links.changed) }),
                        inWords(row.fields),
                      ]
                        .filter(Boolean)
                        .join(lang === 'zh' ? '；' : '; ')}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
          <More rest={rows.length - shown} step={STEP} onMore={() => setShown(shown + STEP)} />
        </>
      )}
    </section>
  )
}
