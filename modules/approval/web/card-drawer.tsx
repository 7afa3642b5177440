// The settings of the chosen card or branch, in a drawer beside the canvas; on a phone it comes from below.
import { blockAt, escalationPath, type Flow, parentOf } from '@yingzao/engines/approval'
import type { Fields, Json } from '@yingzao/kernel/entity'
import { FieldsForm } from '@yingzao/ui/form/fields-form.tsx'
import { inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { usePhone } from '@yingzao/ui/theme/mode.tsx'
import { Button, Drawer } from 'antd'
import { useId, useState } from 'react'
import { cardAt, moveAt, withCard, withCase, withCaseMoved, withoutBranch } from './edit-flow.ts'
import { caseFields, caseOf, caseValues, fieldsFor, type Surroundings, valuesOf, withValues } from './step-form.ts'
import { design } from './text.ts'

type Values = Readonly<Record<string, Json>>
interface Props {
  readonly flow: Flow
  readonly path: string
  readonly around: Surroundings
  readonly onChange: (flow: Flow) => void
  readonly onClose: () => void
}

export function CardDrawer({ flow, path, around, onChange, onClose }: Props) {
  const t = useText(design)
  const phone = usePhone()
  const block = cardAt(flow, path)
  const above = blockAt(flow, parentOf(path))
  const index = Number(path.split('.').at(-1))
  const isCard = block?.is === 'step' || block?.is === 'copy'
  const given = above?.is === 'choice' ? above.cases[index] : undefined
  const take = () => {
    onChange(
      isCard ? withCard(flow, path, () => null) : withCard(flow, parentOf(path), each => withoutBranch(each, index)),
    )
    onClose()
  }
  const moveCase = (by: -1 | 1) => {
    onChange(withCard(flow, parentOf(path), each => withCaseMoved(each, index, by)))
    // Its place is another one's now.
    onClose()
  }
  const mayTake = isCard || above?.is === 'parallel' || given !== undefined
  return (
    <Drawer
      open
      title={t('settings')}
      mask={phone}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? 'large' : 400}
      onClose={onClose}
      footer={
        <div className="yz-flex">
          {isCard && blockAt(flow, path) !== undefined && path !== escalationPath && (
            <>
              <Button onClick={() => onChange({ ...flow, root: moveAt(flow.root, path, -1) })}>{t('earlier')}</Button>
              <Button onClick={() => onChange({ ...flow, root: moveAt(flow.root, path, 1) })}>{t('later')}</Button>
            </>
          )}
          {given && above?.is === 'choice' && (
            <>
              <Button disabled={index === 0} onClick={() => moveCase(-1)}>
                {t('earlier')}
              </Button>
              <Button disabled={index === above.cases.length - 1} onClick={() => moveCase(1)}>
                {t('later')}
              </Button>
            </>
          )}
          <span className="yz-grow" />
          {mayTake && (
            <Button danger onClick={take}>
              {t(isCard ? 'remove' : 'removeBranch')}
            </Button>
          )}
        </div>
      }
    >
      {isCard && around.money && <p className="yz-soft yz-flow-note">{t('money')}</p>}
      {isCard && (
        <Form
          start={valuesOf(block)}
          fields={values => fieldsFor(block, values, around, path.startsWith('end.'))}
          onChange={values => onChange(withCard(flow, path, () => withValues(block, values)))}
        />
      )}
      {given && (
        <Form
          start={caseValues(given)}
          fields={values => caseFields(values, around.fields)}
          onChange={values =>
            onChange(
              withCard(flow, parentOf(path), each =>
                each.is === 'choice' ? withCase(each, index, caseOf(given, values)) : each,
              ),
            )
          }
        />
      )}
    </Drawer>
  )
}

interface FormProps {
  readonly start: Values
  readonly fields: (values: Values) => Fields
  readonly onChange: (values: Values) => void
}
function Form({ start, fields, onChange }: FormProps) {
  const prefix = useId()
  const [values, setValues] = useState(start)
  const shown = inputFields(fields(values))
  return (
    <FieldsForm
      sections={[{ title: null, fields: shown }]}
      values={values}
      errors={{}}
      refs={{}}
      idPrefix={prefix}
      onChange={(name, value) => {
        const next = { ...values, [name]: value }
        setValues(next)
        onChange(next)
      }}
    />
  )
}
