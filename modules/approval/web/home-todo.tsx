// On the home page: what waits for my approval, the first few.
import { Link } from '@tanstack/react-router'
import { useText } from '@yingzao/ui/text/language.tsx'
import { useState } from 'react'
import type { BoxRow } from '../shape.ts'
import { ApproveDialog } from './approve-dialog.tsx'
import { BoxRows } from './rows.tsx'
import { text } from './text.ts'
import { useBox } from './use-box.ts'

const MOST = 5

export default function HomeTodo() {
  const t = useText(text)
  const found = useBox('todo')
  const [asking, setAsking] = useState<readonly BoxRow[]>([])
  const rows = (found.data?.rows ?? []).slice(0, MOST)
  return (
    <div className="yz-stack">
      <div className="yz-flex">
        <h2 className="yz-grow">
          {t('homeTitle')}{' '}
          {(found.data?.todo ?? 0) > 0 && <span className="yz-faint yz-figure">{found.data?.todo}</span>}
        </h2>
        <Link to="/$module/$name" params={{ module: 'approval', name: 'inbox' }} className="yz-link">
          {t('all')}
        </Link>
      </div>
      {rows.length === 0 ? (
        <p className="yz-soft">{found.isPending ? '' : t('noTodo')}</p>
      ) : (
        <BoxRows rows={rows} onApprove={row => setAsking([row])} />
      )}
      {asking.length > 0 && <ApproveDialog rows={asking} onClose={() => setAsking([])} />}
    </div>
  )
}
