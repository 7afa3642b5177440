// The platform as a module: what it declares is found, granted, shown and exported like everything else.
import { defineModule } from '@yingzao/kernel/entity'
import { signInEvent } from './sign-in-event.entity.ts'

export default defineModule({
  name: 'security',
  label: { zh: '安全', en: 'Security' },
  entities: [signInEvent],
  menu: { under: 'system', order: 90, icon: 'safety', items: [{ entity: 'sign_in_event' }] },
})
