// Inviting a guest: whom, what he may do and see, until when. Begins with the other side's contact and everything he may be shown.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { f } from '@yingzao/kernel/entity'
import {
  type GuestAct,
  type GuestDesk,
  type GuestInput,
  guestActs,
  guestRoles,
  type InvitationRow,
} from '@yingzao/platform/client/guest'
import { useClient } from '@yingzao/platform/client/react'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useSay } from '../data/say.ts'
import { InputDialog, inputFields } from '../record/verb-bar.tsx'
import { useLabel, useLanguage, useText } from '../text/language.tsx'
import { text } from './text.ts'
import './guest.css'

interface Props {
  readonly entity: EntityMeta
  readonly record: RecordJson
  readonly offer: GuestDesk['offer']
  readonly onClose: () => void
  readonly onSent: () => Promise<unknown>
}

const both = (key: keyof typeof text) => text[key]

export default function InviteDialog({ entity, record, offer, onClose, onSent }: Props) {
  const t = useText(text)
  const label = useLabel()
  const say = useSay()
  const client = useClient()
  const { lang } = useLanguage()
  const [fields, setFields] = useState<readonly string[]>(offer.fields.map(each => each.name))
  const [files, setFiles] = useState<readonly string[]>([])
  const actLabel = (act: GuestAct) =>
    (act === 'confirm' && offer.confirm) || (act === 'answer' && offer.answer) || both(act)
  const [role] = useState(() => (record.direction === 'income' ? 'client' : 'subcontractor'))
  const asked = inputFields({
    name: f.text(both('name'), { required: true, max: 60 }),
    party: f.text(both('party'), { required: true, max: 120 }),
    role: f.choice(both('role'), Object.fromEntries(guestRoles.map(each => [each, both(each)])), { required: true }),
    mail: f.text(both('mail'), { required: true, max: 120, input: 'email' }),
    phone: f.text(both('phone'), { max: 30, input: 'phone' }),
    days: f.integer(both('days'), {
      ...{ required: true, min: 1, max: offer.days.most },
      hint: {
        zh: text.daysHint.zh.replace('{most}', String(offer.days.most)),
        en: text.daysHint.en.replace('{most}', String(offer.days.most)),
      },
    }),
    lang: f.choice(
      both('lang'),
      { zh: { zh: '中文', en: 'Chinese' }, en: { zh: '英文', en: 'English' } },
      { required: true },
    ),
    acts: f.multiChoice(both('acts'), Object.fromEntries(offer.acts.map(act => [act, actLabel(act)]))),
    message: f.longText(both('message'), { max: 1000 }),
  })
  const begins: RecordJson = {
    ...{ id: record.id, version: 0, _can: [], role, lang, days: offer.days.usual },
    ...{ name: offer.contact?.name ?? '', party: offer.contact?.party ?? '' },
    ...{ mail: offer.contact?.mail ?? '', phone: offer.contact?.phone ?? '' },
    acts: offer.acts.filter(act => act !== 'attach'),
    message: '',
  }
  return (
    <InputDialog
      title={t('invite')}
      okText={t('send')}
      note={offer.mailed ? t('inviteNote') : t('noMail')}
      fields={asked}
      danger={false}
      values={begins}
      onClose={onClose}
      onSubmit={async values => {
        const acts = Array.isArray(values.acts) ? values.acts : []
        const body: GuestInput = {
          ...{ name: textOf(values.name), party: textOf(values.party), mail: textOf(values.mail) },
          ...{
            role: guestRoles.find(each => each === values.role) ?? 'other',
            lang: values.lang === 'en' ? 'en' : 'zh',
          },
          acts: guestActs.filter(act => acts.includes(act)),
          ...{ days: Number(values.days ?? 0), fields, attachments: files },
          ...(values.phone ? { phone: textOf(values.phone) } : {}),
          ...(values.message ? { message: textOf(values.message) } : {}),
        }
        const made = await client.transport.call<InvitationRow>('POST', `/${entity.name}/${record.id}/guests`, { body })
        if (made.letter === 'sent') say.good(t('sent', { mail: made.mail }))
        else say.bad(new Error(t('unsent', { mail: made.mail })))
        await onSent()
        onClose()
      }}
      below={
        <>
          <Choose
            title={t('shows', { count: fields.length, all: offer.fields.length })}
            note={t('showsNote')}
            options={offer.fields.map(({ name, label: said }) => ({
              value: name,
              label: label(said),
              inner: name.includes('.'),
            }))}
            chosen={fields}
            onChange={setFields}
          />
          {offer.attachments.length > 0 && (
            <Choose
              title={t('files', { count: files.length, all: offer.attachments.length })}
              options={offer.attachments.map(({ id, name }) => ({ value: id, label: name, inner: false }))}
              chosen={files}
              onChange={setFiles}
            />
          )}
        </>
      }
    />
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

interface ChooseProps {
  readonly title: string
  readonly note?: string
  readonly options: readonly { readonly value: string; readonly label: string; readonly inner: boolean }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

function Choose({ title, note, options, chosen, onChange }: ChooseProps) {
  const t = useText(text)
  return (
    <details className="yz-guest-choose">
      <summary>{title}</summary>
      {note && <p className="yz-faint">{note}</p>}
      <div className="yz-flex">
        <Button size="small" onClick={() => onChange(options.map(each => each.value))}>
          {t('all')}
        </Button>
        <Button size="small" onClick={() => onChange([])}>
          {t('none')}
        </Button>
      </div>
      <ul>
        {options.map(({ value, label, inner }) => (
          <li
            key={value}
            className={
              inner
                ? 'yz-guest-inner'
                : options.some(each => each.value.startsWith(`${value}.`))
                  ? 'yz-guest-whole'
                  : ''
            }
          >
            <Checkbox
              checked={chosen.includes(value)}
              onChange={({ target }) =>
                onChange(
                  target.checked
                    ? [...chosen, value]
                    : chosen.filter(each => each !== value && !each.startsWith(`${value}.`)),
                )
              }
            >
              {label}
            </Checkbox>
          </li>
        ))}
      </ul>
    </details>
  )
}
