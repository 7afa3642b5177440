// A number that explains itself: pressed, it opens its formula, its entries and who sees it.
import type { MetricQuery } from '@yingzao/kernel/entity'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import './metric.css'

export interface MetricAt extends Pick<MetricQuery, 'where' | 'until'> {
  readonly name: string
  /** What of: the item, project or month, shown above the entries. */
  readonly title: string
}

const Panel = lazy(() => import('./metric-panel.tsx'))

export function MetricValue({ children, ...at }: MetricAt & { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="yz-metric" onClick={() => setOpen(true)}>
        {children}
      </button>
      {open && (
        <Suspense fallback={null}>
          <Panel {...at} value={children} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
