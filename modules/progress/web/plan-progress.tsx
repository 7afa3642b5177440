// “进度” of a plan: what waits for the planner, the weekly plan, the look back.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import '@yingzao/ui/exchange/import.css'
import '@yingzao/ui/form/form.css'
import './plan-progress.css'
import { text } from './text.ts'
import { WaitingView } from './waiting-view.tsx'

const WeekView = lazy(() => import('./week-view.tsx'))
const LookBack = lazy(() => import('./look-back.tsx'))

type View = 'waiting' | 'week' | 'lookBack'

export default function PlanProgress({ record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const [view, setView] = useState<View>('waiting')
  return (
    <div className="yz-progress-look">
      <Segmented<View>
        className="yz-no-print"
        aria-label={t('view')}
        value={view}
        onChange={setView}
        options={[
          { value: 'waiting', label: t('waiting') },
          { value: 'week', label: t('week') },
          { value: 'lookBack', label: t('lookBack') },
        ]}
      />
      {/* What was chosen and typed outlives a look at the week. */}
      <div hidden={view !== 'waiting'}>
        <WaitingView record={record} />
      </div>
      <Suspense fallback={<Waiting />}>
        {view === 'week' && <WeekView record={record} />}
        {view === 'lookBack' && <LookBack record={record} />}
      </Suspense>
    </div>
  )
}
