// How a measurement begins: a contract and a day; what of its bill is still open comes by itself.
import { useNavigate } from '@tanstack/react-router'
import { isFailure } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { useRecordRefs } from '@yingzao/ui/data/titles'
import { useDraft } from '@yingzao/ui/form/draft'
import { FieldsForm } from '@yingzao/ui/form/fields-form.tsx'
import type { NewRecordProps } from '@yingzao/ui/pages'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button } from 'antd'
import { useId, useState } from 'react'
import { text } from './text.ts'

const asked = ['contract', 'kind', 'measured_on']
export default function NewMeasurement({ entity, given }: NewRecordProps) {
  const t = useText(text)
  const say = useSay()
  const meta = useMeta()
  const client = useClient()
  const navigate = useNavigate()
  const prefix = useId()
  const form = useDraft(entity.fields, name => entityOf(meta, name), null, given)
  const refs = useRecordRefs(entity, { ...form.values, id: '', version: 0, _can: [] })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const fields = entity.fields.filter(field => asked.includes(field.name))
  const params = { module: entity.module, name: entity.name }
  const begin = async () => {
    if (Object.keys(form.check(fields)).length > 0) return
    setBusy(true)
    setProblem(null)
    try {
      const { contract = null, kind = null, measured_on = null } = form.values
      const { id } = await client.perform<{ id: string }>('measurement.start', { contract, kind, measured_on })
      await navigate({
        to: '/$module/$name/$id',
        params: { ...params, id },
        search: { tab: 'sheet' },
        replace: true,
      })
    } catch (error) {
      if (isFailure(error)) form.refused(error.problem)
      setProblem(say.reason(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <PageHeader title={t('newTitle')} under={entity} />
      <div className="yz-form">
        <div className="yz-form-body">
          {problem && <Alert type="error" role="alert" className="yz-form-alert" title={problem} />}
          <p className="yz-soft">{t('beginHint')}</p>
          <FieldsForm
            sections={[{ title: null, fields }]}
            values={form.values}
            errors={form.errors}
            refs={refs}
            idPrefix={prefix}
            firstFocus
            onChange={form.set}
            onBlur={form.touch}
          />
        </div>
        <div className="yz-form-foot">
          <Button type="primary" loading={busy} onClick={() => void begin()}>
            {t('begin')}
          </Button>
          <Button disabled={busy} onClick={() => void navigate({ to: '/$module/$name', params })}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </>
  )
}
