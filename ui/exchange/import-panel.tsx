// Importing: a file or pasted cells → what each column is → what would happen, row by row → a job one can watch and stop.
import { DownloadOutlined, InboxOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import type { EntityMeta } from '@yingzao/kernel/entity'
import type { ImportChoice, ImportPreview, JobState } from '@yingzao/platform/client'
import { keys, useClient } from '@yingzao/platform/client/react'
import { Alert, Button, Input, Progress, Select } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { saveAnswer } from '../data/download.ts'
import { useSay } from '../data/say.ts'
import { readBlock } from '../field/paste.ts'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import { text } from './text.ts'
import './import.css'

type Stage =
  | { readonly at: 'choose' }
  | {
      readonly at: 'preview'
      readonly file: Blob
      readonly name: string
      readonly preview: ImportPreview
      readonly choice: ImportChoice
    }
  | { readonly at: 'running'; readonly job: string; readonly state: JobState | null; readonly preview: ImportPreview }
  | { readonly at: 'ended'; readonly state: JobState; readonly preview: ImportPreview }

const csvCell = (cell: string) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

const numberIn = (value: unknown, name: string): number => {
  if (typeof value !== 'object' || value === null || !(name in value)) return 0
  const found: unknown = Reflect.get(value, name)
  return typeof found === 'number' ? found : 0
}

export function ImportPanel({ entity, onDone }: { entity: EntityMeta; onDone?: () => void }) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const door = client.entity(entity.name)
  const [stage, setStage] = useState<Stage>({ at: 'choose' })
  const [busy, setBusy] = useState(false)
  const [pasted, setPasted] = useState('')
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const name = label(entity.label)

  const preview = async (file: Blob, fileName: string, choice: ImportChoice = {}) => {
    setBusy(true)
    try {
      setStage({
        at: 'preview',
        file,
        name: fileName,
        choice,
        preview: await door.importPreview(file, fileName, choice),
      })
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  const readPaste = () => {
    const csv = readBlock(pasted)
      .map(row => row.map(csvCell).join(','))
      .join('\r\n')
    void preview(new Blob([csv], { type: 'text/csv' }), `${entity.name}.csv`)
  }
  const confirm = async (now: Stage & { at: 'preview' }) => {
    setBusy(true)
    try {
      const { job } = await door.importConfirm(now.preview.id, { ...now.choice, skip_bad: now.preview.rows.bad > 0 })
      setStage({ at: 'running', job, state: null, preview: now.preview })
      const ended = await client.jobs.wait(job, state => setStage({ at: 'running', job, state, preview: now.preview }))
      setStage({ at: 'ended', state: ended, preview: now.preview })
      await cache.invalidateQueries({ queryKey: keys.entity(entity.name) })
      if (ended.state === 'done') onDone?.()
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  const saveErrors = async (id: string) => {
    try {
      await saveAnswer(await door.importErrors(id), `${name}.xlsx`)
    } catch (error) {
      say.bad(error)
    }
  }
  const saveTemplate = async () => {
    try {
      await saveAnswer(await door.importTemplate('xlsx'), `${name}.xlsx`)
    } catch (error) {
      say.bad(error)
    }
  }

  if (stage.at === 'choose')
    return (
      <div className="yz-stack">
        <section
          className={over ? 'yz-dropzone yz-over' : 'yz-dropzone'}
          aria-label={t('title', { name })}
          onDragOver={(event: DragEvent) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event: DragEvent) => {
            event.preventDefault()
            setOver(false)
            const file = event.dataTransfer.files[0]
            if (file) void preview(file, file.name)
          }}
        >
          <InboxOutlined aria-hidden="true" />
          <span>{t('drop')}</span>
          <Button loading={busy} onClick={() => input.current?.click()}>
            {t('choose')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            accept=".xlsx,.csv,.txt,text/csv"
            onChange={event => {
              const file = event.target.files?.[0]
              event.target.value = ''
              if (file) void preview(file, file.name)
            }}
          />
        </section>
        <label htmlFor="yz-import-paste">{t('orPaste')}</label>
        <Input.TextArea
          id="yz-import-paste"
          className="yz-code-input"
          value={pasted}
          placeholder={t('pasteHere')}
          autoSize={{ minRows: 3, maxRows: 8 }}
          onChange={event => setPasted(event.target.value)}
        />
        <div className="yz-flex">
          <Button type="primary" disabled={!pasted.trim()} loading={busy} onClick={readPaste}>
            {t('readPaste')}
          </Button>
          <Button type="link" icon={<DownloadOutlined aria-hidden="true" />} onClick={() => void saveTemplate()}>
            {t('template')}
          </Button>
        </div>
      </div>
    )

  if (stage.at === 'running') {
    const done = stage.state?.progress ?? 0
    return (
      <div className="yz-stack" role="status">
        <p>{t('running', { percent: `${Math.round(done * 100)}%` })}</p>
        <Progress percent={Math.round(done * 100)} showInfo={false} />
        <div className="yz-flex">
          <Button onClick={() => void client.jobs.cancel(stage.job).catch(say.bad)}>{t('cancelJob')}</Button>
        </div>
      </div>
    )
  }

  if (stage.at === 'ended') {
    const { state, problem, result } = stage.state
    return (
      <div className="yz-stack" role="status">
        <Alert
          type={state === 'done' ? 'success' : state === 'cancelled' ? 'info' : 'error'}
          title={state === 'done' ? t('done') : state === 'cancelled' ? t('cancelled') : t('failed')}
          description={
            state === 'done'
              ? t('doneDetail', {
                  created: formats.integer(numberIn(result, 'created')),
                  updated: formats.integer(numberIn(result, 'updated')),
                })
              : problem?.detail
          }
        />
        <div className="yz-flex">
          {stage.preview.rows.bad > 0 && (
            <Button icon={<DownloadOutlined aria-hidden="true" />} onClick={() => void saveErrors(stage.preview.id)}>
              {t('downloadErrors')}
            </Button>
          )}
          <Button
            onClick={() => {
              setPasted('')
              setStage({ at: 'choose' })
            }}
          >
            {t('another')}
          </Button>
        </div>
      </div>
    )
  }

  const { preview: found, choice } = stage
  const fields = entity.fields.filter(
    field => field.right === 'edit' && !field.formula && !field.system && field.kind !== 'lines',
  )
  const fieldLabel = (field: string | null) => {
    const known = entity.fields.find(each => each.name === field)
    return known ? label(known.label) : (field ?? '')
  }
  const unique = fields.filter(field => field.unique)
  const check = (change: ImportChoice) => void preview(stage.file, stage.name, { ...choice, ...change })
  const mapping = Object.fromEntries(found.columns.map(column => [column.header, column.field]))
  return (
    <div className="yz-stack">
      {found.missing.length > 0 && (
        <Alert type="error" title={t('missing', { names: found.missing.map(fieldLabel).join('、') })} />
      )}
      <div className="yz-scroll-x">
        <table className="yz-plain-table">
          <thead>
            <tr>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('field')}</th>
              <th scope="col">{t('samples')}</th>
            </tr>
          </thead>
          <tbody>
            {found.columns.map(column => (
              <tr key={column.header}>
                <th scope="row">{column.header}</th>
                <td>
                  <Select
                    className="yz-import-field"
                    aria-label={`${t('field')}: ${column.header}`}
                    value={column.field ?? ''}
                    options={[
                      { value: '', label: t('leaveOut') },
                      ...fields.map(field => ({ value: field.name, label: label(field.label) })),
                    ]}
                    onChange={next => check({ mapping: { ...mapping, [column.header]: next || null } })}
                  />
                  {column.field && !column.sure && <span className="yz-warn yz-note">{t('unsure')}</span>}
                </td>
                <td className="yz-faint yz-clip">{column.samples.slice(0, 3).join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {unique.length > 0 && (
        <label className="yz-flex" htmlFor="yz-import-match">
          <span className="yz-soft">{t('match')}</span>
          <Select
            id="yz-import-match"
            value={choice.match ?? ''}
            options={[
              { value: '', label: t('matchNone') },
              ...unique.map(field => ({ value: field.name, label: t('matchBy', { name: label(field.label) }) })),
            ]}
            onChange={next => check({ match: next || null })}
          />
        </label>
      )}
      <p role="status" className="yz-flex yz-figure">
        <strong>{t('good', { count: found.rows.good })}</strong>
        {found.rows.bad > 0 && <strong className="yz-bad">{t('bad', { count: found.rows.bad })}</strong>}
      </p>
      {found.bad.length > 0 && (
        <>
          <div className="yz-scroll-x yz-import-bad">
            <table className="yz-plain-table">
              <thead>
                <tr>
                  <th scope="col">{t('row')}</th>
                  <th scope="col">{t('problem')}</th>
                </tr>
              </thead>
              <tbody>
                {found.bad.slice(0, 50).map(row => (
                  <tr key={row.row}>
                    <th scope="row" className="yz-figure">
                      {row.row}
                    </th>
                    <td>
                      {row.errors.map(error => (
                        <div key={`${error.field} ${error.code}`}>
                          {error.field && <strong>{fieldLabel(error.field)}：</strong>}
                          {error.message}
                        </div>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div>
            <Button icon={<DownloadOutlined aria-hidden="true" />} onClick={() => void saveErrors(found.id)}>
              {t('downloadErrors')}
            </Button>
          </div>
        </>
      )}
      <div className="yz-flex">
        <Button
          type="primary"
          loading={busy}
          disabled={found.rows.good === 0 || found.missing.length > 0}
          onClick={() => void confirm(stage)}
        >
          {found.rows.bad > 0
            ? t('importGoodOnly', { count: found.rows.good })
            : t('importGood', { count: found.rows.good })}
        </Button>
        <Button disabled={busy} onClick={() => setStage({ at: 'choose' })}>
          {t('back')}
        </Button>
      </div>
    </div>
  )
}
