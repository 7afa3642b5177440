// Importing a bill of quantities: choose a file → see what it holds and what does not add up → say which cost items → a contract's
// bill or a target cost.
import { InboxOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { formatAmount } from '@yingzao/engines/money'
import { type FileRef, f, type Json } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import '@yingzao/ui/exchange/import.css'
import { RefPicker } from '@yingzao/ui/field/ref-picker.tsx'
import { Notice } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Radio } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import type { BillImported, BillPreview } from '../bill-import-shape.ts'
import { text } from './bill-import-text.ts'
import './contract.css'

type Stage =
  | { readonly at: 'choose'; readonly problem?: string }
  | { readonly at: 'reading'; readonly name: string }
  | { readonly at: 'preview'; readonly file: FileRef; readonly preview: BillPreview; readonly problem?: string }
  | { readonly at: 'writing' }

const edit = { right: 'edit', sortable: false } as const
const contractField = {
  ...f.ref('contract', { zh: '合同', en: 'Contract' }, { where: 'state = "draft" or state = "rejected"' }),
  ...{ name: 'contract', ...edit },
}
const projectField = { ...f.ref('project', { zh: '项目', en: 'Project' }), name: 'project', ...edit }
const itemField = {
  ...f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { where: 'leaf and active' }),
  ...{ name: 'item', ...edit },
}

export default function BillImportPage() {
  const t = useText(text)
  const meta = useMeta()
  const client = useClient()
  const cache = useQueryClient()
  const say = useSay()
  const navigate = useNavigate()
  const [stage, setStage] = useState<Stage>({ at: 'choose' })
  const [into, setInto] = useState<'contract' | 'budget'>('contract')
  const [contract, setContract] = useState<Json>(null)
  const [project, setProject] = useState<Json>(null)
  const [mapping, setMapping] = useState<Readonly<Record<string, Json>>>({})
  const items = entityOf(meta, 'bill_item')
  const mayBudget = entityOf(meta, 'budget')?.can.includes('create') ?? false

  const read = async (file: File) => {
    setStage({ at: 'reading', name: file.name })
    try {
      const stored = await client.upload(file, file.name)
      const preview = await client.perform<BillPreview>('contract.bill_preview', { file: [{ ...stored }] })
      setMapping(Object.fromEntries(preview.prefixes.flatMap(each => (each.item ? [[each.prefix, each.item]] : []))))
      setStage({ at: 'preview', file: stored, preview })
    } catch (error) {
      setStage({ at: 'choose', problem: say.reason(error) })
    }
  }
  const confirm = async (now: Stage & { at: 'preview' }) => {
    setStage({ at: 'writing' })
    const input = { file: [{ ...now.file }], mapping: { ...mapping } }
    const key = { idempotencyKey: newId() }
    try {
      if (into === 'contract') {
        const done = await client.perform<BillImported>('contract.bill_import', { ...input, contract }, key)
        say.good(t(done.differences > 0 ? 'importedDiffers' : 'imported', { count: done.created }))
        void cache.invalidateQueries()
        await navigate({
          to: '/$module/$name/$id',
          params: { module: 'contract', name: 'contract', id: String(contract) },
          search: { tab: 'bill' },
          replace: true,
        })
      } else {
        const made = await client.perform<{ id: string; lines: number }>(
          'contract.bill_budget',
          { ...input, project },
          key,
        )
        say.good(t('budgeted', { count: made.lines }))
        void cache.invalidateQueries()
        await navigate({
          to: '/$module/$name/$id',
          params: { module: 'budget', name: 'budget', id: made.id },
          replace: true,
        })
      }
    } catch (error) {
      setStage({ ...now, problem: say.reason(error) })
    }
  }

  if (!items?.can.includes('import')) return <Notice title={t('forbidden')}>{t('forbiddenNext')}</Notice>
  const ready = into === 'contract' ? contract !== null : project !== null
  return (
    <>
      <PageHeader
        title={t('title')}
        under={items}
        actions={stage.at === 'preview' && <Button onClick={() => setStage({ at: 'choose' })}>{t('another')}</Button>}
      />
      {stage.at === 'choose' && <Choose problem={stage.problem} onFile={file => void read(file)} />}
      {(stage.at === 'reading' || stage.at === 'writing') && (
        <p className="yz-contracts-page" role="status" aria-busy="true">
          {stage.at === 'reading' ? t('reading', { name: stage.name }) : t('writing')}
        </p>
      )}
      {stage.at === 'preview' && (
        <div className="yz-contracts-page yz-stack">
          {stage.problem && <Alert type="error" role="alert" showIcon title={stage.problem} />}
          <Figures
            items={[
              { label: t('items'), value: String(stage.preview.items) },
              ...stage.preview.groups.map(({ group, amount, items }) => ({
                label: t(`g_${group}`),
                value: formatAmount(amount),
                note: t('count', { count: items }),
              })),
              { label: t('amount'), value: formatAmount(stage.preview.amount), note: t('withoutTax') },
            ]}
          />
          <Findings of={stage.preview} />
          <section>
            <h3>{t('mapping')}</h3>
            <p className="yz-soft">{t('mappingNote')}</p>
            <table className="yz-contracts">
              <thead>
                <tr>
                  <th scope="col" className="yz-left">
                    {t('prefix')}
                  </th>
                  <th scope="col">{t('items')}</th>
                  <th scope="col">{t('amount')}</th>
                  <th scope="col" className="yz-left">
                    {t('item')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {stage.preview.prefixes.map(each => (
                  <tr key={each.prefix}>
                    <th scope="row" className="yz-left">
                      {each.prefix} <span className="yz-faint">{each.sample}</span>
                    </th>
                    <td data-label={t('items')}>{each.items}</td>
                    <td data-label={t('amount')}>{formatAmount(each.amount)}</td>
                    <td className="yz-left yz-import-field">
                      <RefPicker
                        field={itemField}
                        label={`${t('item')} ${each.prefix}`}
                        value={mapping[each.prefix] ?? null}
                        refs={each.item && each.title ? { cost_item: { [each.item]: each.title } } : {}}
                        onChange={(item: Json) => setMapping(now => ({ ...now, [each.prefix]: item }))}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <section className="yz-stack">
            <h3>{t('into')}</h3>
            <Radio.Group
              value={into}
              onChange={event => setInto(event.target.value === 'budget' ? 'budget' : 'contract')}
              options={[
                { value: 'contract', label: t('intoContract') },
                ...(mayBudget ? [{ value: 'budget', label: t('intoBudget') }] : []),
              ]}
            />
            <div className="yz-import-target">
              {into === 'contract' ? (
                <RefPicker field={contractField} label={t('intoContract')} value={contract} onChange={setContract} />
              ) : (
                <RefPicker field={projectField} label={t('intoBudget')} value={project} onChange={setProject} />
              )}
            </div>
            <div>
              <Button type="primary" disabled={!ready} onClick={() => void confirm(stage)}>
                {t('confirm', { count: stage.preview.items })}
              </Button>
            </div>
          </section>
        </div>
      )}
    </>
  )
}

function Findings({ of }: { readonly of: BillPreview }) {
  const t = useText(text)
  const kinds = Object.entries(of.counts)
  if (kinds.length === 0) return <Alert type="success" showIcon title={t('noFindings', { count: of.totals.length })} />
  return (
    <section>
      <h3>{t('findings')}</h3>
      <p className="yz-soft">{t('findingsNote')}</p>
      <ul className="yz-import-bad">
        {of.findings.map(each => (
          <li key={`${each.code} ${each.at} ${JSON.stringify(each.values)}`}>
            <span className="yz-faint">{each.at}</span> {t(`f_${asKnown(each.code)}`, { ...blank, ...each.values })}
          </li>
        ))}
      </ul>
    </section>
  )
}

const known = [
  ...(['total', 'amount', 'duplicate_code', 'no_code', 'odd_code', 'no_unit'] as const),
  ...(['no_qty', 'no_price', 'rounded', 'not_a_number', 'unread'] as const),
]
const blank = { name: '', printed: '', found: '', difference: '', item: '', first: '', text: '', what: '' }
const asKnown = (code: string) => known.find(each => each === code) ?? 'unread'

function Choose({ problem, onFile }: { readonly problem: string | undefined; readonly onFile: (file: File) => void }) {
  const t = useText(text)
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="yz-contracts-page yz-stack">
      {problem && <Alert type="error" role="alert" showIcon title={t('unreadable')} description={problem} />}
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
          const file = event.dataTransfer.files[0]
          if (file) onFile(file)
        }}
      >
        <InboxOutlined aria-hidden="true" />
        <strong>{t('drop')}</strong>
        <Button type="primary" onClick={() => input.current?.click()}>
          {t('choose')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".xml,.xlsx,.xlsm,.csv,text/xml"
          onChange={event => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) onFile(file)
          }}
        />
      </section>
      <p className="yz-soft">{t('intro')}</p>
    </div>
  )
}
