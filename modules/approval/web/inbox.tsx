// 我的审批: to-do, done, started, copied. To-do lines are approved one by one or together.
import { panelOf, TabList } from '@yingzao/ui/record/tabs.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import type { BoxRow } from '../shape.ts'
import { ApproveDialog } from './approve-dialog.tsx'
import { BoxRows } from './rows.tsx'
import { text } from './text.ts'
import { type Box, useBox } from './use-box.ts'

const boxes: readonly Box[] = ['todo', 'done', 'started', 'copied']

export default function Inbox() {
  const t = useText(text)
  const [box, setBox] = useState<Box>('todo')
  const [pages, setPages] = useState(1)
  const found = useBox(box, pages)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<readonly BoxRow[]>([])
  const todo = found.data?.todo ?? 0
  const rows = found.data?.rows ?? []
  const chosen = rows.filter(row => picked.has(row.instance))
  const choose = (key: string) => {
    setPicked(new Set())
    setPages(1)
    setBox(boxes.find(each => each === key) ?? 'todo')
  }
  const toggle = (row: BoxRow) => {
    const next = new Set(picked)
    if (!next.delete(row.instance)) next.add(row.instance)
    setPicked(next)
  }
  return (
    <div className="yz-approval">
      <PageHeader title={t('title')} />
      <TabList
        id="yz-box"
        label={t('title')}
        chosen={box}
        choose={choose}
        items={boxes.map(key => ({
          key,
          label: key === 'todo' && todo > 0 ? t('todoCount', { count: todo }) : t(key),
        }))}
      />
      <div {...panelOf('yz-box', box)} className="yz-approval-body">
        {box === 'todo' && rows.length > 1 && (
          <div className="yz-box-bulk">
            <Checkbox
              checked={chosen.length === rows.length}
              indeterminate={chosen.length > 0 && chosen.length < rows.length}
              onChange={() => setPicked(new Set(chosen.length === rows.length ? [] : rows.map(row => row.instance)))}
            >
              {t('pickAll')}
            </Checkbox>
            <Button disabled={chosen.length === 0} onClick={() => setAsking(chosen)}>
              {t('approveMany', { count: chosen.length })}
            </Button>
          </div>
        )}
        {found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : !found.data ? (
          <Waiting />
        ) : rows.length === 0 ? (
          <p className="yz-soft yz-box-none">{t(box === 'todo' ? 'noTodo' : 'noRows')}</p>
        ) : box === 'todo' ? (
          <BoxRows rows={rows} onApprove={row => setAsking([row])} picked={picked} onPick={toggle} />
        ) : (
          <BoxRows rows={rows} />
        )}
        {found.data && rows.length < found.data.total && (
          <Button onClick={() => setPages(pages + 1)}>{t('more')}</Button>
        )}
      </div>
      {asking.length > 0 && (
        <ApproveDialog
          rows={asking}
          onClose={() => {
            setAsking([])
            setPicked(new Set())
          }}
        />
      )}
    </div>
  )
}
