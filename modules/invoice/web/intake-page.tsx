// 导入电子发票: files are chosen or dropped, read one after the other, and each invoice says what became of it.
import { InboxOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatAmount } from '@yingzao/engines/money'
import { newId } from '@yingzao/platform/client'
import { keys, useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import '@yingzao/ui/exchange/import.css'
import { Notice } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Tag } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import type { Intake, IntakeRow } from '../intake-shape.ts'
import './invoice.css'
import { text } from './text.ts'

interface Busy {
  readonly name: string
  readonly done: number
  readonly count: number
}
const tones = { draft: 'success', red: 'processing', refused: 'error' } as const

export default function IntakePage() {
  const t = useText(text)
  const meta = useMeta()
  const client = useClient()
  const cache = useQueryClient()
  const say = useSay()
  const [busy, setBusy] = useState<Busy | null>(null)
  const [rows, setRows] = useState<readonly IntakeRow[]>([])
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const entity = entityOf(meta, 'invoice')
  if (!entity?.can.includes('create')) return <Notice title={t('forbidden')}>{t('forbiddenNext')}</Notice>

  /** One file after the other: what is read stays read when a later one fails. */
  const take = async (files: readonly File[]) => {
    for (const [done, file] of files.entries()) {
      setBusy({ name: file.name, done: done + 1, count: files.length })
      try {
        const kept = await client.upload(file, file.name)
        const found = await client.perform<Intake>('invoice.intake', { files: [kept] }, { idempotencyKey: newId() })
        setRows(before => [...before, ...found.rows])
      } catch (error) {
        setRows(before => [...before, { ...nothing, name: file.name, reason: say.reason(error) }])
      }
    }
    setBusy(null)
    void cache.invalidateQueries({ queryKey: keys.entity('invoice') })
  }
  const count = (outcome: IntakeRow['outcome']) => String(rows.filter(row => row.outcome === outcome).length)
  return (
    <>
      <PageHeader title={t('intakeTitle')} under={entity} />
      <div className="yz-record-wide yz-stack">
        <section
          className={over ? 'yz-dropzone yz-over' : 'yz-dropzone'}
          aria-label={t('drop')}
          onDragOver={(event: DragEvent) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event: DragEvent) => {
            event.preventDefault()
            setOver(false)
            void take([...event.dataTransfer.files])
          }}
        >
          <InboxOutlined aria-hidden="true" />
          <strong>{t('drop')}</strong>
          <Button type="primary" disabled={busy !== null} onClick={() => input.current?.click()}>
            {t('choose')}
          </Button>
          <Link
            to="/$module/$name/$id"
            params={{ module: entity.module, name: entity.name, id: 'new' }}
            search={{ given: { direction: 'in' } }}
            className="yz-button"
          >
            {t('byHand')}
          </Link>
          <input
            ref={input}
            type="file"
            hidden
            multiple
            accept=".xml,.ofd,.pdf,.zip,text/xml,application/pdf,application/zip"
            aria-label={t('choose')}
            onChange={event => {
              const files = [...(event.target.files ?? [])]
              event.target.value = ''
              void take(files)
            }}
          />
        </section>
        <p className="yz-soft">{t('intro')}</p>
        {busy && (
          <div role="status" aria-busy="true">
            <p>{t('reading', { name: busy.name, done: busy.done, count: busy.count })}</p>
            <div className="yz-running" />
          </div>
        )}
        {rows.length > 0 && (
          <>
            <Figures
              items={[
                { label: t('accepted'), value: count('draft') },
                { label: t('taken'), value: count('red') },
                { label: t('refused'), value: count('refused'), tone: count('refused') === '0' ? undefined : 'bad' },
              ]}
            />
            <table className="yz-inv-table">
              <thead>
                <tr>
                  <th scope="col">{t('file')}</th>
                  <th scope="col" className="yz-inv-words">
                    {t('outcome')}
                  </th>
                  <th scope="col" className="yz-inv-words">
                    {t('invoiceNo')}
                  </th>
                  <th scope="col" className="yz-inv-words">
                    {t('party')}
                  </th>
                  <th scope="col">{t('gross')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row, at) => (
                  <tr key={at}>
                    <th scope="row">{row.name}</th>
                    <td className="yz-inv-words">
                      <Tag color={tones[row.outcome]}>{t(row.outcome)}</Tag> {row.reason}
                    </td>
                    <td className="yz-inv-words" data-label={t('invoiceNo')}>
                      {row.id && row.invoice_no ? (
                        <RecordLink entity={entity} id={row.id}>
                          {row.invoice_no}
                        </RecordLink>
                      ) : (
                        (row.invoice_no ?? '—')
                      )}
                    </td>
                    <td className="yz-inv-words" data-label={t('party')}>
                      {row.party ?? '—'}
                    </td>
                    <td data-label={t('gross')}>{formatAmount(row.gross_amount)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </div>
    </>
  )
}

const nothing: Omit<IntakeRow, 'name'> = {
  ...{ outcome: 'refused', id: null, invoice_no: null, issued_on: null, direction: null },
  ...{ party: null, gross_amount: null, reason: null },
}
