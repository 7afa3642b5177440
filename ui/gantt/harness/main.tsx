// The harness page: a Gantt over a generated plan, with a stand-in for the server that keeps the plan in memory.
import '@fontsource-variable/noto-sans-sc'
import './harness.css'
import { compute } from '@yingzao/engines/schedule'
import { dayNumber } from '@yingzao/engines/schedule/civil'
import { theme as antdTheme, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { useMemo } from 'react'
import { createRoot } from 'react-dom/client'
import { Gantt } from '../gantt.tsx'
import { stationPlan } from './station.ts'

const query = new URLSearchParams(location.search)
const lang = query.get('lang') === 'en' ? 'en' : 'zh'
const theme = query.get('theme') === 'dark' ? 'dark' : 'light'

function Page() {
  const plan = useMemo(() => stationPlan({ lang, tasks: Number(query.get('tasks') ?? 400) }), [])
  const outcome = useMemo(() => compute(plan), [plan])
  if (!outcome.ok) return <pre>{JSON.stringify(outcome.error)}</pre>
  return (
    <ConfigProvider
      {...(lang === 'zh' ? { locale: zhCN } : {})}
      theme={{ algorithm: theme === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm }}
    >
      <Gantt
        plan={plan}
        schedule={outcome.schedule}
        lang={lang}
        theme={theme}
        today={dayNumber(2027, 1, 26) * 1440 + 600}
      />
    </ConfigProvider>
  )
}

const root = document.getElementById('root')
if (root) createRoot(root).render(<Page />)
