// Importing a bill of quantities: choose a file → see what it holds and what does not add up → say which cost items → a contract's
// bill, a variation of it or a target cost.
import { InboxOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { formatAmount } from '@yingzao/engines/money'
import { type FileRef, f, type Json } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import '@yingzao/ui/exchange/import.css'
import { FieldEditor } from '@yingzao/ui/field/editor.tsx'
import { RefPicker } from '@yingzao/ui/field/ref-picker.tsx'
import { Notice } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Progress, Radio } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import type { BillBudgeted, BillImported, BillPreview } from '../bill-import-shape.ts'
import { Changes } from './bill-changes.tsx'
import { text } from './bill-import-text.ts'
import './contract.css'

type Stage =
  | { readonly at: 'choose'; readonly problem?: string }
  | { readonly at: 'reading'; readonly name: string }
  | { readonly at: 'preview'; readonly file: FileRef; readonly preview: BillPreview; readonly problem?: string }
  | { readonly at: 'writing'; readonly job?: string; readonly done?: number; readonly stopping?: true }

const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Into = 'contract' | 'variation' | 'budget'
const changeable =
  'state = "effective" and form != "framework" and form != "supplement" and (stage = "signed" or stage = "suspended" or stage = "completed" or stage = "to_sign")'
const targets: readonly Into[] = ['contract', 'variation', 'budget']
const edit = { right: 'edit', sortable: false } as const
const contractField = {
  ...f.ref('contract', { zh: '合同', en: 'Contract' }, { where: 'state = "draft" or state = "rejected"' }),
  ...{ name: 'contract', ...edit },
}
const changedField = {
  ...f.ref('contract', { zh: '合同', en: 'Contract' }, { where: changeable }),
  ...{ name: 'contract', ...edit },
}
const rateField = {
  ...f.percent({ zh: '税率', en: 'VAT rate' }, { required: true, min: '0', max: '1' }),
  ...{ name: 'tax_rate', ...edit },
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
  const { tab, filter } = useSearch({ from: '/$module/$name' })
  const [into, setInto] = useState<Into>(tab === 'variation' ? 'variation' : 'contract')
  const [contract, setContract] = useState<Json>(null)
  const [changed, setChanged] = useState<Json>(filter?.contract?.eq ?? null)
  const [reads, setReads] = useState<'changes' | 'revised'>('changes')
  const [project, setProject] = useState<Json>(null)
  const [prices, setPrices] = useState<'gross' | 'net'>('net')
  const [rate, setRate] = useState<Json>('0.09')
  const [mapping, setMapping] = useState<Readonly<Record<string, Json>>>({})
  const items = entityOf(meta, 'bill_item')
  const mayChange = entityOf(meta, 'variation')?.can.includes('create') ?? false
  const mayBudget = entityOf(meta, 'budget')?.can.includes('create') ?? false

  const read = async (file: File) => {
    setStage({ at: 'reading', name: file.name })
    try {
      const stored = await client.upload(file, file.name)
      const preview = await client.perform<BillPreview>('contract.bill_preview', { file: [{ ...stored }] })
      setMapping(Object.fromEntries(preview.prefixes.flatMap(each => (each.item ? [[each.prefix, each.item]] : []))))
      // Tender bills with 税金 of their own are priced without it.
      setPrices(preview.groups.some(({ group }) => group === 'tax') ? 'net' : 'gross')
      setStage({ at: 'preview', file: stored, preview })
    } catch (error) {
      setStage({ at: 'choose', problem: say.reason(error) })
    }
  }
  /** To the end of the job; refuses with what ended it otherwise. */
  const follow = async (job: string): Promise<Readonly<Record<string, Json>>> => {
    setStage({ at: 'writing', job, done: 0 })
    const ended = await client.jobs.wait(job, ({ progress }) =>
      setStage(before => (before.at === 'writing' ? { ...before, done: progress } : before)),
    )
    if (ended.state === 'cancelled') throw new Error(t('stopped'))
    if (ended.state !== 'done') throw new Error(ended.problem?.detail ?? t('failed'))
    const { result } = ended
    return isObject(result) ? result : {}
  }
  const stop = (job: string) => {
    setStage(before => (before.at === 'writing' ? { ...before, stopping: true } : before))
    void client.jobs.cancel(job).catch(say.bad)
  }
  const priced = { prices, tax_rate: rate, mapping: { ...mapping } }
  const confirm = async (now: Stage & { at: 'preview' }) => {
    setStage({ at: 'writing' })
    const input = { file: [{ ...now.file }], mapping: { ...mapping } }
    const key = { idempotencyKey: newId() }
    try {
      if (into === 'contract') {
        const asked = { ...input, ...priced, contract }
        const made = await client.perform<BillImported | { job: string }>('contract.bill_import', asked, key)
        const { differences = 0, created = null } = 'job' in made ? await follow(made.job) : made
        say.good(
          t(typeof differences === 'number' && differences > 0 ? 'importedDiffers' : 'imported', {
            count: typeof created === 'number' ? created : now.preview.items,
          }),
        )
        void cache.invalidateQueries()
        await navigate({
          to: '/$module/$name/$id',
          params: { module: 'contract', name: 'contract', id: String(contract) },
          search: { tab: 'bill' },
          replace: true,
        })
      } else if (into === 'variation') {
        const asked = { ...input, ...priced, contract: changed, reads }
        const made = await client.perform<{ id: string }>('contract.bill_variation', asked, key)
        say.good(t('variationMade'))
        void cache.invalidateQueries()
        await navigate({
          to: '/$module/$name/$id',
          params: { module: 'contract', name: 'variation', id: made.id },
          replace: true,
        })
      } else {
        const made = await client.perform<BillBudgeted>('contract.bill_budget', { ...input, project }, key)
        const { kept, lines: count } = made
        say.good(
          kept
            ? t('adjusted', { count, kept: kept.lines, amount: formatAmount(kept.amount) })
            : t('budgeted', { count }),
        )
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
  const ready = { contract, variation: changed, budget: project }[into] !== null
  const asPriced = (
    <>
      <Radio.Group
        aria-label={t('prices')}
        value={prices}
        onChange={event => setPrices(event.target.value === 'net' ? 'net' : 'gross')}
        options={[
          { value: 'net', label: t('pricesNet') },
          { value: 'gross', label: t('pricesGross') },
        ]}
      />
      <div className="yz-flex">
        <span>{t('rate')}</span>
        <FieldEditor field={rateField} label={t('rate')} value={rate} onChange={setRate} />
      </div>
      <p className="yz-soft">{t('pricesNote')}</p>
    </>
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        under={items}
        actions={stage.at === 'preview' && <Button onClick={() => setStage({ at: 'choose' })}>{t('another')}</Button>}
      />
      {stage.at === 'choose' && <Choose problem={stage.problem} onFile={file => void read(file)} />}
      {stage.at === 'reading' && (
        <p className="yz-contracts-page" role="status" aria-busy="true">
          {t('reading', { name: stage.name })}
        </p>
      )}
      {stage.at === 'writing' && (
        <div className="yz-contracts-page yz-stack" role="status" aria-busy="true">
          <p>{t('writing')}</p>
          {stage.job !== undefined && (
            <>
              <Progress percent={Math.round((stage.done ?? 0) * 100)} />
              <div>
                <Button disabled={stage.stopping === true} onClick={() => stop(stage.job ?? '')}>
                  {t(stage.stopping ? 'stopping' : 'stop')}
                </Button>
              </div>
            </>
          )}
        </div>
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
              onChange={event => setInto(targets.find(each => each === event.target.value) ?? 'contract')}
              options={[
                { value: 'contract', label: t('intoContract') },
                ...(mayChange ? [{ value: 'variation', label: t('intoVariation') }] : []),
                ...(mayBudget ? [{ value: 'budget', label: t('intoBudget') }] : []),
              ]}
            />
            <div className="yz-import-target">
              {into === 'contract' ? (
                <div className="yz-stack">
                  <RefPicker field={contractField} label={t('intoContract')} value={contract} onChange={setContract} />
                  {asPriced}
                </div>
              ) : into === 'variation' ? (
                <div className="yz-stack">
                  <RefPicker field={changedField} label={t('intoVariation')} value={changed} onChange={setChanged} />
                  <p className="yz-soft">{t('variationNote')}</p>
                  <Radio.Group
                    aria-label={t('reads')}
                    value={reads}
                    onChange={event => setReads(event.target.value === 'revised' ? 'revised' : 'changes')}
                    options={[
                      { value: 'changes', label: t('readsChanges') },
                      { value: 'revised', label: t('readsRevised') },
                    ]}
                  />
                  {asPriced}
                </div>
              ) : (
                <div className="yz-stack">
                  <RefPicker field={projectField} label={t('intoBudget')} value={project} onChange={setProject} />
                  <p className="yz-soft">{t('intoBudgetNote')}</p>
                </div>
              )}
            </div>
            {into === 'variation' && changed !== null && (
              <Changes file={stage.file} asked={{ contract: changed, reads, ...priced }} />
            )}
            <div>
              <Button type="primary" disabled={!ready} onClick={() => void confirm(stage)}>
                {into === 'variation' ? t('makeVariation') : t('confirm', { count: stage.preview.items })}
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
