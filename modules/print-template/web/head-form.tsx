// Paper and head of a form: orientation, company, title, what stands below it, logo, code and the foot of each page.
import { DeleteOutlined, UploadOutlined } from '@ant-design/icons'
import type { EntityMeta } from '@yingzao/kernel/entity'
import type { PrintTemplate } from '@yingzao/platform/client/print'
import { useClient } from '@yingzao/platform/client/react'
import { useSay } from '@yingzao/ui/data/say'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Input, Segmented, Select, Switch } from 'antd'
import { useRef, useState } from 'react'
import { printable, Row } from './block-form.tsx'
import { text } from './text.ts'

/** A file as a file field holds it. */
export interface Logo {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly type: string
}
interface Props {
  readonly entity: EntityMeta
  readonly template: PrintTemplate
  readonly logo: Logo | null
  readonly onChange: (template: PrintTemplate) => void
  readonly onLogo: (logo: Logo | null) => void
}

export function HeadForm({ entity, template, logo, onChange, onLogo }: Props) {
  const t = useText(text)
  const label = useLabel()
  const { head } = template
  const set = (change: Partial<PrintTemplate['head']>) => onChange({ ...template, head: { ...head, ...change } })
  return (
    <section className="yz-print-card">
      <header>
        <h2>{t('paper')}</h2>
      </header>
      <Row label={t('orientation')}>
        <Segmented<'upright' | 'across'>
          value={template.landscape ? 'across' : 'upright'}
          options={(['upright', 'across'] as const).map(value => ({ value, label: t(value) }))}
          onChange={value => onChange({ ...template, landscape: value === 'across' })}
        />
      </Row>
      <Row label={t('heading')}>
        <Input
          value={head.title}
          placeholder={label(entity.label)}
          maxLength={200}
          onChange={event => set({ title: event.target.value })}
        />
      </Row>
      <Row label={t('company')}>
        <Input
          value={head.company}
          placeholder={t('companyHint')}
          maxLength={200}
          onChange={event => set({ company: event.target.value })}
        />
      </Row>
      <Row label={t('about')}>
        <Select
          mode="multiple"
          aria-label={t('about')}
          value={[...head.about]}
          maxCount={6}
          showSearch={{ optionFilterProp: 'label' }}
          options={printable(entity).map(field => ({ value: field.name, label: label(field.label) }))}
          onChange={about => set({ about })}
        />
      </Row>
      <Row label={t('code')}>
        <Switch checked={head.code} onChange={code => set({ code })} />
      </Row>
      <LogoRow
        logo={logo}
        onLogo={next => {
          onLogo(next)
          if (next) set({ logo: true })
        }}
      />
      <Row label={t('note')}>
        <Input
          value={template.note}
          maxLength={400}
          placeholder={t('placeholders', { example: '{title}' })}
          onChange={event => onChange({ ...template, note: event.target.value })}
        />
      </Row>
    </section>
  )
}

function LogoRow({ logo, onLogo }: Pick<Props, 'logo' | 'onLogo'>) {
  const t = useText(text)
  const client = useClient()
  const say = useSay()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const take = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    try {
      const { id, name, size, type } = await client.upload(file, file.name)
      onLogo({ id, name, size, type })
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="yz-print-row">
      <span>{t('logo')}</span>
      <span className="yz-flex">
        {logo && <span className="yz-clip">{logo.name}</span>}
        <Button loading={busy} icon={<UploadOutlined aria-hidden="true" />} onClick={() => input.current?.click()}>
          {t('upload')}
        </Button>
        {logo && (
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden="true" />}
            aria-label={t('removeLogo')}
            title={t('removeLogo')}
            onClick={() => onLogo(null)}
          />
        )}
        <input
          ref={input}
          type="file"
          accept="image/*"
          hidden
          onChange={event => {
            void take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </span>
    </div>
  )
}
