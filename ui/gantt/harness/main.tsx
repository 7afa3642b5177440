// The harness page: a Gantt over a generated plan. Instead of a server the pages of one browser tell each other their edits.
// ?lang=en &theme=dark &tasks=10000 &hold=1 (an edit is answered when the window hears 'answer') &refuse=1 &readonly=1 &empty=1 &room=name
// &baselines=1 (two named baselines) &rest=1 (one begun task rests until it is resumed, one task is split)
import '@fontsource-variable/noto-sans-sc'
import './harness.css'
import { compute } from '@yingzao/engines/schedule'
import { dayNumber } from '@yingzao/engines/schedule/civil'
import { applyEdits, type PlanEdit } from '@yingzao/engines/schedule/edit'
import { theme as antdTheme, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Gantt, type GanttHandle, type NamedDates, type Presence, type SendEdits } from '../gantt.tsx'
import { personColour } from '../presence.ts'
import { createFrameTimes, type FrameTimes } from './frame-times.ts'
import { withRests } from './rest.ts'
import { stationPlan } from './station.ts'

const query = new URLSearchParams(location.search)
const lang = query.get('lang') === 'en' ? 'en' : 'zh'
const theme = query.get('theme') === 'dark' ? 'dark' : 'light'
const room = query.get('room')
const me = lang === 'en' ? 'Lin' : '林工'

type Told = { edits: readonly PlanEdit[] } | { presence: Presence | undefined }

/** Shared by the two effects of one page; absent without ?room, so that tests do not hear each other. */
const channel = room ? new BroadcastChannel(`gantt-harness-${room}`) : undefined

function Page() {
  const first = useMemo(() => {
    const plan = stationPlan({ lang, tasks: Number(query.get('tasks') ?? 400) })
    if (query.has('empty')) return { ...plan, tasks: [], links: [], assignments: [] }
    return query.has('rest') ? withRests(plan) : plan
  }, [])
  const schedule = useMemo(() => {
    // ?compute=worker: the server sends no dates, as the plan page does.
    if (query.get('compute') === 'worker') return undefined
    const outcome = compute(first)
    return outcome.ok ? outcome.schedule : undefined
  }, [first])
  performance.getEntriesByName('gantt data').length > 0 || performance.mark('gantt data')
  const [server, setServer] = useState({ plan: first, version: 1 })
  const [presence, setPresence] = useState<Presence>()
  const newest = useRef(server)

  const take = useCallback((edits: readonly PlanEdit[]): number | undefined => {
    const outcome = applyEdits(newest.current.plan, edits)
    if (!outcome.ok) return undefined
    newest.current = { plan: outcome.plan, version: newest.current.version + 1 }
    setServer(newest.current)
    return newest.current.version
  }, [])

  useEffect(() => {
    if (!channel) return undefined
    const listen = (event: MessageEvent<Told>) => {
      if ('edits' in event.data) take(event.data.edits)
      else setPresence(event.data.presence)
    }
    channel.addEventListener('message', listen)
    return () => channel.removeEventListener('message', listen)
  }, [take])

  const onEdits: SendEdits = useCallback(
    async batch => {
      if (query.has('hold')) await new Promise(resolve => window.addEventListener('answer', resolve, { once: true }))
      if (query.has('refuse')) return { ok: false, message: lang === 'en' ? 'you may not edit here' : '您没有编辑权限' }
      const version = take(batch.edits)
      if (version === undefined)
        return { ok: false, message: lang === 'en' ? 'it was changed meanwhile' : '计划已被修改' }
      channel?.postMessage({ edits: batch.edits } satisfies Told)
      return { ok: true, version }
    },
    [take],
  )
  const onPresence = useCallback((task: string | undefined, column: string | undefined) => {
    channel?.postMessage({
      presence: {
        key: me,
        name: me,
        color: personColour(me, theme),
        ...(task === undefined ? {} : { task }),
        ...(column === undefined ? {} : { column }),
      },
    } satisfies Told)
  }, [])

  return (
    <Gantt
      plan={server.plan}
      {...(server.plan === first && schedule ? { schedule } : {})}
      version={server.version}
      lang={lang}
      theme={theme}
      today={dayNumber(2027, 1, 26) * 1440 + 600}
      readOnly={query.has('readonly')}
      presence={presence ? [presence] : NOBODY}
      onPresence={onPresence}
      onEdits={onEdits}
      onReady={ready}
      {...(query.has('baselines') ? { baselines: NAMED, loadBaseline } : {})}
    />
  )
}

declare global {
  interface Window {
    gantt?: GanttHandle
    frameTimes: FrameTimes
  }
}
const ready = (handle: GanttHandle) => {
  window.gantt = handle
  // Two frames later the first one is on the screen.
  requestAnimationFrame(() => requestAnimationFrame(() => performance.measure('gantt first paint', 'gantt data')))
}

window.frameTimes = createFrameTimes()

const NOBODY: readonly Presence[] = []

const NAMED = [
  { key: 'november', name: lang === 'en' ? 'November edition' : '十一月版' },
  { key: 'tender', name: lang === 'en' ? 'Tender programme' : '投标计划' },
]
/** Both stand a number of days before the plan's own baseline. */
async function loadBaseline(key: string): Promise<NamedDates> {
  const earlier = (key === 'tender' ? 28 : 7) * 1440
  const plan = stationPlan({ lang, tasks: Number(query.get('tasks') ?? 400) })
  return new Map(
    plan.tasks.map(({ id, baselines }) => [
      id,
      { start: (baselines?.[0]?.start ?? 0) - earlier, finish: (baselines?.[0]?.finish ?? 0) - earlier },
    ]),
  )
}

const root = document.getElementById('root')
// The kit's theme stands before a plan comes, as it does in the app.
if (root) {
  createRoot(root).render(
    <ConfigProvider
      {...(lang === 'zh' ? { locale: zhCN } : {})}
      theme={{ algorithm: theme === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm }}
    >
      <Page />
    </ConfigProvider>,
  )
}
