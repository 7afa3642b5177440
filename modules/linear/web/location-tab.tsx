// 时间–里程: where the plan's tasks work along an alignment and when, what is done of it, and who gets in whose way.
import { PlusOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { formatMinute, MINUTES_PER_DAY, parseDay } from '@yingzao/engines/schedule/civil'
import { formatChainage } from '@yingzao/engines/time-location'
import { type EntityMeta, f, type RecordJson } from '@yingzao/kernel/entity'
import { useClient, useLive } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import DayPicker from '@yingzao/ui/field/day-picker.tsx'
import { minuteOfWallClock } from '@yingzao/ui/gantt/civil'
import { oneSheet } from '@yingzao/ui/paper/one-sheet'
import { PaperMenu } from '@yingzao/ui/paper/paper-menu.tsx'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Select } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ChartAlignment, ChartStretch, LinearChart } from '../shape.ts'
import { Findings } from './findings.tsx'
import { Legend } from './legend.tsx'
import '@yingzao/ui/exchange/import.css'
import './linear.css'
import { LocationSheet, type SheetProps } from './location-sheet.tsx'
import { sceneOf } from './scene.ts'
import { StretchTable } from './stretch-table.tsx'
import { text } from './text.ts'

interface Props {
  readonly entity: EntityMeta
  readonly record: RecordJson
}

export default function LocationTab({ record }: Props) {
  const client = useClient()
  const queries = useQueryClient()
  const key = ['linear.chart', record.id]
  useLive(
    [{ entity: 'stretch' }, { entity: 'chainage_report' }, { entity: 'alignment' }],
    () => void queries.invalidateQueries({ queryKey: key }),
  )
  const { data, error, refetch } = useQuery({
    // The plan's own edits are told by its revision.
    queryKey: [...key, record.revision ?? 0],
    queryFn: () => client.perform<LinearChart>('linear.chart', { plan: record.id }),
    placeholderData: before => before,
  })
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Waiting />
  return <Shown chart={data} record={record} again={() => void refetch()} />
}

const dayOf = (minute: number) => formatMinute(Math.round(minute)).slice(0, 10)
const END_OF_DAY = 1020

function Shown({ chart, record, again }: { chart: LinearChart; record: RecordJson; again: () => void }) {
  const t = useText(text)
  const meta = useMeta()
  const [picked, setPicked] = useState<string | null>(null)
  const [day, setDay] = useState(() => dayOf(chart.now))
  const [reporting, setReporting] = useState(false)
  const alignment = chart.alignments.find(each => each.id === picked) ?? chart.alignments[0]
  const reports = entityOf(meta, 'chainage_report')?.can.includes('create') ?? false
  const project = typeof record.project === 'string' ? record.project : ''
  if (!alignment)
    return (
      <div className="yz-notice">
        <h2>{t('noAlignment')}</h2>
        <p className="yz-soft">{t('noAlignmentNext')}</p>
        {chart.mayPlace && (
          <Link
            to="/$module/$name/$id"
            params={{ module: 'linear', name: 'alignment', id: 'new' }}
            search={{ given: { project } }}
            className="yz-button"
          >
            {t('newAlignment')}
          </Link>
        )}
      </div>
    )
  const own = chart.stretches.filter(each => each.alignment === alignment.id)
  const now = (parseDay(day) ?? 0) * MINUTES_PER_DAY + END_OF_DAY
  return (
    <section className="yz-lin-page">
      <div className="yz-lin-bar yz-no-print">
        <Select
          aria-label={t('alignment')}
          className="yz-lin-pick"
          value={alignment.id}
          onChange={setPicked}
          options={chart.alignments.map(each => ({ value: each.id, label: each.name }))}
        />
        <span className="yz-flex">
          <span className="yz-soft">{t('onDay')}</span>
          <span className="yz-lin-day">
            <DayPicker
              label={t('onDay')}
              value={day}
              time={false}
              onChange={value => setDay(typeof value === 'string' ? value : dayOf(chart.now))}
            />
          </span>
        </span>
        {reports && own.length > 0 && (
          <Button type="primary" onClick={() => setReporting(true)}>
            {t('report')}
          </Button>
        )}
        {chart.mayPlace && (
          <Link
            to="/$module/$name/$id"
            params={{ module: 'linear', name: 'stretch', id: 'new' }}
            search={{ given: { alignment: alignment.id } }}
            className="yz-button"
          >
            <PlusOutlined aria-hidden="true" /> {t('add')}
          </Link>
        )}
        <Link
          to="/$module/$name"
          params={{ module: 'linear', name: 'stretch' }}
          search={{ filter: { plan: { eq: record.id } } }}
          className="yz-link"
        >
          {t('list')}
        </Link>
        <Link
          to="/$module/$name/$id"
          params={{ module: 'linear', name: 'alignment', id: alignment.id }}
          className="yz-link"
        >
          {t('alignments')}
        </Link>
      </div>
      {own.length === 0 ? (
        <div className="yz-notice">
          <h2>{t('noStretch')}</h2>
          <p className="yz-soft">{t('noStretchNext')}</p>
        </div>
      ) : (
        <Chart alignment={alignment} stretches={own} now={now} record={record} />
      )}
      {reporting && (
        <Report
          stretches={own}
          alignment={alignment}
          onClose={() => setReporting(false)}
          onDone={() => {
            setReporting(false)
            again()
          }}
        />
      )}
    </section>
  )
}

interface ChartProps {
  readonly alignment: ChartAlignment
  readonly stretches: readonly ChartStretch[]
  readonly now: number
  readonly record: RecordJson
}

function Chart({ alignment, stretches, now, record }: ChartProps) {
  const t = useText(text)
  const { lang } = useLanguage()
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(1000)
  useEffect(() => {
    const element = box.current
    if (!element) return
    // Along a long line a phone scrolls sideways.
    const observer = new ResizeObserver(() => setWidth(Math.max(720, element.clientWidth)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const scene = useMemo(() => sceneOf(alignment, stretches, now), [alignment, stretches, now])
  if (!scene) return null
  const place = (at: number) => formatChainage(scene.line, at, 1)
  const sides = { left: alignment.left || t('left'), right: alignment.right || t('right') }
  const sheet = (on: number): SheetProps => ({
    ...{ scene, width: on, now, lang, sides, broken: t('brokenChain') },
    about: each =>
      t('stretchOf', {
        ...{ name: each.name, from: place(each.from), to: place(each.to) },
        ...{ start: dayOf(each.start), finish: dayOf(each.finish), percent: `${Math.round(each.percent)}%` },
      }),
    aboutStrip: strip =>
      t('stripOf', {
        ...{ work: strip.work, side: strip.side === 'both' ? t('both') : sides[strip.side] },
        ...{ done: Math.round(strip.done), all: Math.round(strip.all) },
        percent: `${Math.round((100 * strip.done) / Math.max(1, strip.all))}%`,
      }),
    unitsOf: strip =>
      strip.unit ? t('units', { done: strip.unit.done, all: strip.unit.all, unit: strip.unit.name }) : '',
  })
  const name = `${String(record.name)} · ${alignment.name}`
  const paper = (on: number) => <LocationSheet {...sheet(on)} title={`${name} · ${t('onDay')} ${dayOf(now)}`} />
  return (
    <>
      <div className="yz-lin-bar">
        <Legend kinds={scene.kinds} />
        <PaperMenu {...oneSheet(paper, name, 'yz-lin-print')} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (axe scrollable-region-focusable). */}
      <div className="yz-lin-sheet" ref={box} tabIndex={0}>
        <LocationSheet
          {...sheet(width)}
          open={each =>
            void navigate({
              to: '/$module/$name/$id',
              params: { module: 'schedule', name: 'plan', id: record.id },
              search: { task: each.task },
            })
          }
        />
      </div>
      <Findings
        scene={scene}
        alignment={alignment}
        stretches={stretches}
        plan={record.id}
        sides={sides}
        place={place}
      />
      <StretchTable stretches={stretches} plan={record.id} place={place} sides={sides} />
    </>
  )
}

interface ReportProps {
  readonly stretches: readonly ChartStretch[]
  readonly alignment: ChartAlignment
  readonly onClose: () => void
  readonly onDone: () => void
}

/** What is done from where to where; the share of the task follows and waits for the planner. */
function Report({ stretches, alignment, onClose, onDone }: ReportProps) {
  const [today] = useState(() => dayOf(minuteOfWallClock(new Date())))
  const t = useText(text)
  const client = useClient()
  const say = useSay()
  const fields = useMemo(() => {
    const options = Object.fromEntries(
      stretches
        .filter(each => !each.finished)
        .map(each => {
          const words = `${each.name} · ${each.work}`
          return [each.id, { zh: words, en: words }]
        }),
    )
    return inputFields({
      stretch: f.choice({ zh: '区段', en: 'Stretch' }, options, { required: true }),
      from_chainage: f.text({ zh: '自桩号', en: 'From chainage' }, { required: true, max: 40 }),
      to_chainage: f.text({ zh: '至桩号', en: 'To chainage' }, { required: true, max: 40 }),
      side: f.choice(
        { zh: '侧', en: 'Side' },
        {
          both: { zh: '两侧', en: 'Both sides' },
          left: { zh: alignment.left || '左侧', en: alignment.left || 'Left' },
          right: { zh: alignment.right || '右侧', en: alignment.right || 'Right' },
        },
        { required: true, default: 'both' },
      ),
      reported_on: f.date({ zh: '截至日期', en: 'As of' }, { required: true, default: today }),
      note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
    })
  }, [stretches, alignment, today])
  return (
    <InputDialog
      title={t('report')}
      note={null}
      fields={fields}
      danger={false}
      onClose={onClose}
      onSubmit={async values => {
        await client.entity<string>('chainage_report').create(values)
        say.good(t('reported'))
        onDone()
      }}
    />
  )
}
