// 总进度、年、季、月、周计划: windows of one plan, walked with previous and next, printed with a title block, exported to Excel.
import { DownloadOutlined, LeftOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons'
import { compute } from '@yingzao/engines/schedule'
import { dayOf, formatDay } from '@yingzao/engines/schedule/civil'
import { useClient, useList } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { saveBlob } from '@yingzao/ui/data/download'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { minuteOfWallClock } from '@yingzao/ui/gantt/civil'
import { useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Dropdown, Segmented, Select } from 'antd'
import { useMemo, useState } from 'react'
import { quantitiesOf, quantityQuery } from '../quantity.ts'
import { type WindowUnit, windowAt, windowUnits, windowView } from '../window.ts'
import { windowTitle } from '../window-words.ts'
import { Nothing } from './analysis.tsx'
import type { PlanLookProps } from './plan-look.ts'
import { usePeople } from './use-people.ts'
import { printWindow } from './window-paper.tsx'
import { Milestones, WindowTable } from './window-table.tsx'
import { text } from './window-text.ts'
import './analysis.css'
import './window.css'

const MOST_LEVELS = 6

export default function PlanWindow({ record, known: { plan } }: PlanLookProps) {
  const t = useText(text)
  const formats = useFormats()
  const { lang } = useLanguage()
  const say = useSay()
  const client = useClient()
  const meta = useMeta()
  const people = usePeople(record, plan)
  const schedule = useMemo(() => {
    const outcome = compute(plan)
    return outcome.ok ? outcome.schedule : null
  }, [plan])
  const [today] = useState(() => dayOf(minuteOfWallClock(new Date())))
  const [unit, setUnit] = useState<WindowUnit>('month')
  const [on, setOn] = useState(today)
  const [depth, setDepth] = useState<number | null>(null)
  const [busy, setBusy] = useState(false)
  const { entity, ...query } = quantityQuery
  const reports = useList(
    entity,
    {
      ...{ filter: { plan: { eq: record.id }, total_qty: { empty: false } } },
      ...{ fields: [...query.fields], sort: [...query.sort], limit: query.limit },
    },
    { enabled: entityOf(meta, entity)?.can.includes('read') ?? false },
  )
  const quantities = useMemo(() => quantitiesOf(reports.items), [reports.items])
  const view = useMemo(
    () => schedule && windowView(plan, schedule, windowAt(unit, on, schedule), depth ?? undefined),
    [plan, schedule, unit, on, depth],
  )
  if (!view) return <Nothing title={t('incomputable')}>{null}</Nothing>
  const { window, rows, milestones } = view
  const leaves = rows.filter(each => !each.summary)
  const carried = leaves.filter(each => each.part === 'carried').length
  const title = windowTitle(window, lang)
  const mayExport = entityOf(meta, 'plan')?.can.includes('export') ?? false
  const exported = async () => {
    setBusy(true)
    try {
      const file = await client
        .entity('plan')
        .read<{ name: string; type: string; base64: string }>(record.id, 'window_sheet', {
          unit,
          on: formatDay(on),
          ...(depth === null ? {} : { depth }),
        })
      const bytes = Uint8Array.from(atob(file.base64), char => char.charCodeAt(0))
      saveBlob(new Blob([bytes], { type: file.type }), file.name)
    } catch (error) {
      say.bad(error)
    }
    setBusy(false)
  }
  const print = (size: 'A3' | 'A4') =>
    printWindow({
      size,
      plan: String(record.name),
      title,
      view,
      people,
      quantities,
      t,
      lang,
      status: plan.options.statusDate,
    })
  return (
    <div className="yz-analysis yz-window">
      <div className="yz-window-bar">
        <Segmented<WindowUnit>
          aria-label={t('unit')}
          value={unit}
          onChange={setUnit}
          options={windowUnits.map(value => ({ value, label: t(value) }))}
        />
        {unit !== 'all' && (
          <span className="yz-flex">
            <Button
              icon={<LeftOutlined aria-hidden="true" />}
              aria-label={t('before')}
              onClick={() => setOn(window.from - 1)}
            />
            <Button onClick={() => setOn(today)}>{t('now')}</Button>
            <Button
              icon={<RightOutlined aria-hidden="true" />}
              aria-label={t('after')}
              onClick={() => setOn(window.to)}
            />
          </span>
        )}
        <Select<number>
          aria-label={t('depth')}
          className="yz-window-depth"
          value={depth ?? 0}
          onChange={value => setDepth(value === 0 ? null : value)}
          options={[
            { value: 0, label: t('allLevels') },
            ...Array.from({ length: MOST_LEVELS }, (_, at) => ({
              value: at + 1,
              label: t('levels', { count: at + 1 }),
            })),
          ]}
        />
        <span className="yz-grow" />
        {mayExport && (
          <Button
            icon={<DownloadOutlined aria-hidden="true" />}
            loading={busy}
            disabled={rows.length === 0}
            onClick={() => void exported()}
          >
            {t('excel')}
          </Button>
        )}
        <Dropdown
          trigger={['click']}
          menu={{
            items: (['A3', 'A4'] as const).map(size => ({ key: size, label: t('print', { size }) })),
            onClick: ({ key }) => print(key === 'A3' ? 'A3' : 'A4'),
          }}
        >
          <Button icon={<PrinterOutlined aria-hidden="true" />} disabled={rows.length === 0}>
            {t('print', { size: '' })}
          </Button>
        </Dropdown>
      </div>
      <section className="yz-section">
        <h2>{title}</h2>
        <Figures
          items={[
            { label: t('tasks'), value: formats.integer(leaves.length) },
            { label: t('carriedOver'), value: formats.integer(carried), tone: carried > 0 ? 'bad' : undefined },
            { label: t('milestonesDue'), value: formats.integer(milestones.length) },
          ]}
        />
        <h3>{t('milestones')}</h3>
        <Milestones plan={record.id} milestones={milestones} />
      </section>
      <section className="yz-section">
        <h3>{t('tasks')}</h3>
        {rows.length === 0 ? (
          <p className="yz-soft">{t('nothing')}</p>
        ) : (
          <>
            <WindowTable plan={record.id} view={view} people={people} quantities={quantities} />
            {carried > 0 && <p className="yz-soft">{t('baseFrom')}</p>}
          </>
        )}
      </section>
    </div>
  )
}
