// A payment of the test enterprise, signed by two people; tests publish other flows for it. What it pays comes out of a fund.
import { allow, defineModule, entity, f, post, sequence, step } from '@yingzao/kernel/entity'
import { cost } from './books.ts'

const label = (en: string) => ({ zh: en, en })

export const payment = entity('t_payment', {
  kind: 'document',
  label: label('Payment'),
  title: 'why',
  number: 'FKSQ-{yyyy}{mm}-{seq:4}',
  fields: {
    project: f.ref('t_project', label('Project'), { required: true }),
    item: f.ref('t_item', label('Item'), { required: true }),
    why: f.text(label('Why'), { required: true }),
    amount: f.money(label('Amount'), { required: true, group: 'commercial' }),
    adviser: f.user(label('Adviser')),
  },
  place: { project: 'project' },
  approval: 't_sign',
  posting: [post(cost, { dims: { item: 'item' }, measures: { amount: 'amount' }, reserve: true })],
  access: [
    allow('clerk', 'read create update delete submit withdraw', { scope: 'own', fields: { commercial: 'edit' } }),
    allow('director', 'read update', { fields: { commercial: 'edit' } }),
  ],
})

export const signing = defineModule({
  name: 'signing',
  label: label('Signing'),
  needs: ['books'],
  entities: [payment],
  flows: [
    {
      name: 't_sign',
      label: label('Sign'),
      root: sequence(
        step('lead', label('Project lead'), { role: 'lead' }),
        step('director', label('Director'), { role: 'director' }),
      ),
    },
  ],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_payment: typeof payment
  }
}
