// A line above every page of the demo: what one sees is demo data, and how to begin in earnest.
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useMeta } from '../data/meta.ts'
import { Tag } from '../field/tag.tsx'
import { useText } from '../text/language.tsx'
import { text } from './text.ts'

const StartCompany = lazy(() => import('./start-company.tsx'))

export function DemoNote() {
  const t = useText(text)
  const meta = useMeta()
  const [open, setOpen] = useState(false)
  const may = meta.actions.some(action => action.name === 'demo.end')
  return (
    <div className="yz-demo">
      <Tag tone="info">{t('demo')}</Tag>
      {may && (
        <Button type="link" size="small" onClick={() => setOpen(true)}>
          {t('startCompany')}
        </Button>
      )}
      {open && (
        <Suspense fallback={null}>
          <StartCompany onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
