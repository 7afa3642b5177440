// "Who will approve?": a sample of the document and who submits it; the chain that follows, before anything is published.
import type { Flow } from '@yingzao/engines/approval'
import { conditionsOf, stepsOf } from '@yingzao/engines/approval'
import { type FieldMeta, f, type Json } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { FieldsForm } from '@yingzao/ui/form/fields-form.tsx'
import { inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button } from 'antd'
import { useId, useState } from 'react'
import type { Simulated } from '../shape.ts'
import { design, text } from './text.ts'
import { Ahead } from './trail-tab.tsx'

interface Props {
  readonly flow: Flow
  readonly entity: string
  readonly known: readonly FieldMeta[]
  /** The field that says how much the document is about. */
  readonly amount: string | null
}

export function SimulatePanel({ flow, entity, known, amount }: Props) {
  const t = useText(design)
  const tt = useText(text)
  const label = useLabel()
  const say = useSay()
  const client = useClient()
  const meta = useMeta()
  const { me } = meta
  const prefix = useId()
  const [values, setValues] = useState<Readonly<Record<string, Json>>>({ _starter: me.id })
  const [told, setTold] = useState<Simulated | null>(null)
  const [busy, setBusy] = useState(false)
  // What decides the way: where the document belongs, and what the conditions read.
  const words = new Set(conditionsOf(flow.root).flatMap(each => each.match(/[a-z_][a-z0-9_]*/g) ?? []))
  const powers = stepsOf(flow.root).some(each => 'power' in each.who)
  const shown = known.filter(
    field =>
      field.kind !== 'lines' &&
      (words.has(field.name) ||
        (powers && field.name === amount) ||
        ['project', 'department', 'company'].includes(field.name)),
  )
  // A place one may not look at cannot be chosen: then whoever holds the role at the root is told.
  const shownHere = shown.filter(field => field.kind !== 'ref' || entityOf(meta, field.to)?.can.includes('read'))
  const fields = [
    ...inputFields({ _starter: f.user(design.starter, { required: true }) }),
    ...shownHere.map(field => ({ ...field, right: 'edit' as const, system: false, formula: undefined })),
  ]
  const run = async () => {
    setBusy(true)
    const { _starter, ...sample } = values
    try {
      setTold(
        await client.perform<Simulated>('approval.simulate', {
          entity,
          starter: _starter,
          values: sample,
          content: flow,
        }),
      )
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="yz-flow-simulate">
      <h2>{t('simulate')}</h2>
      <FieldsForm
        sections={[{ title: null, fields }]}
        values={values}
        errors={{}}
        refs={{ user: { [me.id]: me.name } }}
        idPrefix={prefix}
        onChange={(name, value) => setValues({ ...values, [name]: value })}
      />
      <Button loading={busy} disabled={!values._starter} onClick={() => void run()}>
        {t('run')}
      </Button>
      <div role="status">
        {told && (
          <ol className="yz-trail">
            {told.chain.map((step, at) => (
              <Ahead key={`${step.step} ${at}`} step={step} trail={told} />
            ))}
          </ol>
        )}
        {told && told.chain.length === 0 && !told.stop && <p className="yz-soft">{t('nobody')}</p>}
        {told?.stop && (
          <p className="yz-bad">
            {tt('stopped', { step: told.stop.step === null ? '' : label(told.steps[told.stop.step] ?? design.none) })}
          </p>
        )}
      </div>
    </section>
  )
}
