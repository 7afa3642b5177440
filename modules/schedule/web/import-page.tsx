// Importing a plan file: choose → see what it holds, what is lost and where dates differ → confirm → the Gantt.
import { DownloadOutlined, InboxOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Choices } from '@yingzao/formats/plan-table'
import type { FileRef } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { keys, useClient } from '@yingzao/platform/client/react'
import { blobOf, saveBlob } from '@yingzao/ui/data/download'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import '@yingzao/ui/exchange/import.css'
import { Notice } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Progress } from 'antd'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import { ImportPreview, type ImportTarget } from './import-preview.tsx'
import { type Preview, uploadPlanFile } from './import-shape.ts'
import { text } from './import-text.ts'
import './import-page.css'

type Stage =
  | { readonly at: 'choose'; readonly problem?: string }
  | { readonly at: 'uploading'; readonly name: string; readonly done: number }
  | { readonly at: 'reading'; readonly name: string }
  | {
      readonly at: 'preview'
      readonly file: FileRef
      readonly preview: Preview
      /** How a spreadsheet is to be read. */
      readonly table?: Choices
      /** Reading it again as was just chosen. */
      readonly again?: true
      readonly problem?: string
    }
  | { readonly at: 'importing'; readonly count: number }
  /** A large plan: written by a job. */
  | {
      readonly at: 'writing'
      readonly count: number
      readonly job: string
      readonly done: number
      readonly cancelled?: true
    }

export default function ImportPage() {
  const t = useText(text)
  const meta = useMeta()
  const client = useClient()
  const cache = useQueryClient()
  const say = useSay()
  const navigate = useNavigate()
  const [stage, setStage] = useState<Stage>({ at: 'choose' })
  const plan = entityOf(meta, 'plan')

  const read = async (file: File) => {
    setStage({ at: 'uploading', name: file.name, done: 0 })
    try {
      const stored = await uploadPlanFile(client, file, done => setStage({ at: 'uploading', name: file.name, done }))
      setStage({ at: 'reading', name: file.name })
      const preview = await client.perform<Preview>('schedule.import_preview', { file: [stored] })
      setStage({ at: 'preview', file: stored, preview })
    } catch (error) {
      setStage({ at: 'choose', problem: say.reason(error) })
    }
  }
  /** The same sheet, read as its reader says. */
  const readAgain = async (now: Stage & { at: 'preview' }, table: Choices) => {
    const { problem: _, ...kept } = now
    setStage({ ...kept, table, again: true })
    try {
      const preview = await client.perform<Preview>('schedule.import_preview', { file: [now.file], table })
      setStage({ at: 'preview', file: now.file, preview, table })
    } catch (error) {
      setStage({ ...kept, problem: say.reason(error) })
    }
  }
  /** Follows the job to its end; what it says when the plan was not written. */
  const follow = async (job: string, count: number): Promise<string | undefined> => {
    setStage({ at: 'writing', count, job, done: 0 })
    const ended = await client.jobs.wait(job, ({ progress }) =>
      setStage(before => (before.at === 'writing' ? { ...before, done: progress } : before)),
    )
    if (ended.state === 'done') return undefined
    return ended.state === 'cancelled' ? t('cancelledImport') : (ended.problem?.detail ?? '')
  }
  const cancel = (job: string) => {
    setStage(before => (before.at === 'writing' ? { ...before, cancelled: true } : before))
    void client.jobs.cancel(job).catch(say.bad)
  }
  const confirm = async (now: Stage & { at: 'preview' }, target: ImportTarget, key: string) => {
    setStage({ at: 'importing', count: now.preview.plans[target.index]?.tasks ?? 0 })
    try {
      const made = await client.perform<{ plan: string; job?: string }>(
        'schedule.import',
        { file: [now.file], ...target, ...(now.table ? { table: now.table } : {}) },
        { idempotencyKey: key },
      )
      if (made.job !== undefined) {
        const problem = await follow(made.job, now.preview.plans[target.index]?.tasks ?? 0)
        if (problem !== undefined) {
          setStage({ ...now, problem })
          return
        }
      }
      void cache.invalidateQueries({ queryKey: keys.entity('plan') })
      void cache.invalidateQueries({ queryKey: keys.entity('project') })
      say.good(t('imported', { name: target.name }))
      await navigate({
        to: '/$module/$name/$id',
        params: { module: 'schedule', name: 'plan', id: made.plan },
        replace: true,
      })
    } catch (error) {
      setStage({ ...now, problem: say.reason(error) })
    }
  }

  if (!plan?.can.includes('create')) return <Notice title={t('forbidden')}>{t('forbiddenNext')}</Notice>
  return (
    <>
      <PageHeader
        title={t('title')}
        under={plan}
        actions={stage.at === 'preview' && <Button onClick={() => setStage({ at: 'choose' })}>{t('another')}</Button>}
      />
      <div className="yz-import">
        {stage.at === 'choose' && <Choose problem={stage.problem} onFile={file => void read(file)} />}
        {stage.at === 'uploading' && (
          <div className="yz-import-wait" role="status">
            <p>{t('uploading', { name: stage.name })}</p>
            <Progress percent={Math.round(stage.done * 100)} />
          </div>
        )}
        {stage.at === 'reading' && <Wait words={t('reading', { name: stage.name })} />}
        {stage.at === 'importing' && <Wait words={t('importing', { count: stage.count })} />}
        {stage.at === 'writing' && (
          <div className="yz-import-wait" role="status">
            <p>{t('importing', { count: stage.count })}</p>
            <Progress percent={Math.round(stage.done * 100)} />
            <p className="yz-faint">{t('importingNote')}</p>
            <div>
              <Button disabled={stage.cancelled === true} onClick={() => cancel(stage.job)}>
                {t(stage.cancelled ? 'cancelling' : 'cancelImport')}
              </Button>
            </div>
          </div>
        )}
        {stage.at === 'preview' && (
          <ImportPreview
            key={stage.file.id}
            preview={stage.preview}
            problem={stage.problem}
            table={stage.table ?? {}}
            again={stage.again ?? false}
            onTable={table => void readAgain(stage, table)}
            onConfirm={target => void confirm(stage, target, newId())}
          />
        )}
      </div>
    </>
  )
}

function Choose({ problem, onFile }: { problem: string | undefined; onFile: (file: File) => void }) {
  const t = useText(text)
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const client = useClient()
  const say = useSay()
  const template = async () => {
    try {
      const file = await client.perform<{ name: string; type: string; base64: string }>('schedule.sheet_template')
      saveBlob(blobOf(file), file.name)
    } catch (error) {
      say.bad(error)
    }
  }
  return (
    <div className="yz-stack yz-import-choose">
      {problem && <Alert type="error" role="alert" showIcon title={t('unreadable')} description={problem} />}
      <section
        className={over ? 'yz-dropzone yz-plan-drop yz-over' : 'yz-dropzone yz-plan-drop'}
        aria-label={t('drop')}
        onDragOver={(event: DragEvent) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event: DragEvent) => {
          event.preventDefault()
          setOver(false)
          const file = event.dataTransfer.files[0]
          if (file) onFile(file)
        }}
      >
        <InboxOutlined aria-hidden="true" />
        <strong>{t(over ? 'dropNow' : 'drop')}</strong>
        <Button type="primary" onClick={() => input.current?.click()}>
          {t('choose')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".xml,.xer,.mpp,.mpt,.mpx,.pmxml,.xlsx,.xlsm,.csv,text/xml"
          onChange={event => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) onFile(file)
          }}
        />
      </section>
      <p className="yz-soft">{t('intro')}</p>
      <div>
        <Button icon={<DownloadOutlined aria-hidden="true" />} onClick={() => void template()}>
          {t('template')}
        </Button>
      </div>
    </div>
  )
}

/** The server computes in one go and says nothing on the way: what can be shown honestly is that it runs, and how long. */
function Wait({ words }: { words: string }) {
  const t = useText(text)
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds(now => now + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <div className="yz-import-wait" role="status" aria-busy="true">
      <p>{words}</p>
      <div className="yz-running" />
      {seconds > 1 && <p className="yz-faint yz-figure">{t('elapsed', { seconds })}</p>}
    </div>
  )
}
