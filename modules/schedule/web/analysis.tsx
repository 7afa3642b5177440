// Parts of the pages that judge a plan: figures, doors to a task of the Gantt, what an older revision said.
import { PrinterOutlined } from '@ant-design/icons'
import { formatMinute } from '@yingzao/engines/schedule/civil'
import type { Plan, Task } from '@yingzao/engines/schedule/plan'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Progress } from 'antd'
import type { ReactNode } from 'react'
import { text } from './analysis-text.ts'
import '@yingzao/ui/exchange/import.css'
import '@yingzao/ui/form/form.css'
import './analysis.css'

/** The number people call a task by: its row on the Gantt, or its code where plans have codes for names. */
export interface TaskName {
  readonly number: string
  readonly name: string
}
export function taskNames(plan: Plan): ReadonlyMap<string, TaskName> {
  const number = (task: Task, at: number) => (plan.mode === 'p6' && task.code ? task.code : String(at + 1))
  return new Map(plan.tasks.map((task, at) => [task.id, { number: number(task, at), name: task.name }]))
}

/** Day of a moment of the plan, as the plan counts: without a zone. */
export const dayText = (at: number): string => formatMinute(Math.round(at)).slice(0, 10)

export function PrintButton() {
  const t = useText(text)
  return (
    <Button className="yz-no-print" icon={<PrinterOutlined aria-hidden="true" />} onClick={() => window.print()}>
      {t('print')}
    </Button>
  )
}

/** The plan has gone on since: what stands below is about an older revision, or other inputs. */
export function Stale({ was, now, onAgain }: { was: number; now: number; onAgain: () => void }) {
  const t = useText(text)
  return (
    <Alert
      type="warning"
      showIcon
      title={was === now ? t('staleInputs') : t('stale', { was, now })}
      action={
        <Button size="small" onClick={onAgain}>
          {t('again')}
        </Button>
      }
    />
  )
}

export function Running({ share, onCancel }: { share: number | null; onCancel: () => void }) {
  const t = useText(text)
  return (
    <div className="yz-flex" role="status">
      <span className="yz-soft">{t('computing')}</span>
      {share !== null && (
        <Progress className="yz-grow" percent={Math.round(100 * share)} size="small" aria-label={t('computing')} />
      )}
      <Button size="small" onClick={onCancel}>
        {t('stop')}
      </Button>
    </div>
  )
}

/** Nothing to show, and what to do about it. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="yz-notice">
      <h2>{title}</h2>
      <div className="yz-soft">{children}</div>
    </div>
  )
}

/** The rest of a long table. */
export function More({ rest, step, onMore }: { rest: number; step: number; onMore: () => void }) {
  const t = useText(text)
  if (rest <= 0) return null
  return (
    <div className="yz-no-print">
      <Button size="small" onClick={onMore}>
        {t('moreRows', { count: Math.min(rest, step) })}
      </Button>
    </div>
  )
}
