// What people read when signing in goes wrong; each text names the next step.
import type { Label } from '@yingzao/kernel/entity'

export const authMessages: Readonly<Record<string, Label>> = {
  'auth.required': { zh: '请先登录', en: 'Please sign in first' },
  'auth.session_ended': {
    zh: '登录已过期，请重新登录',
    en: 'Your session has ended: please sign in again',
  },
  'auth.token_invalid': {
    zh: '接口令牌无效、已过期或已吊销，请在“我的账户 → 接口令牌”中新建一个',
    en: 'The API token is invalid, expired or revoked: create a new one under My account → API tokens',
  },
  'auth.refused': {
    zh: '账号或密码不正确。忘记密码请联系系统管理员重置',
    en: 'Login or password is wrong. If you forgot it, ask an administrator for a new password',
  },
  'auth.locked': {
    zh: '登录失败次数过多，请 {minutes} 分钟后再试，或联系系统管理员重置密码',
    en: 'Too many failed attempts: try again in {minutes} minutes, or ask an administrator for a new password',
  },
  'auth.password_must_change': {
    zh: '首次登录或密码已到期，请先修改密码',
    en: 'First sign-in or expired password: please change your password first',
  },
  'auth.password_wrong': { zh: '当前密码不正确', en: 'The current password is wrong' },
  'auth.password_weak': {
    zh: '密码不符合要求：至少 {length} 位，包含大写、小写、数字、符号中的 {classes} 类，且不是常见密码',
    en: 'The password is too weak: at least {length} characters with {classes} of lower case, upper case, digits and signs, and not a common one',
  },
  'auth.password_short': { zh: '至少 {length} 位', en: 'At least {length} characters' },
  'auth.password_long': { zh: '最多 256 位', en: 'At most 256 characters' },
  'auth.password_simple': {
    zh: '大写、小写、数字、符号至少包含 {classes} 类',
    en: 'Use {classes} of lower case, upper case, digits and signs',
  },
  'auth.password_common': {
    zh: '过于常见，或包含账号、姓名、键盘连续字符，请换一个',
    en: 'Too common, or holds your login, name or a run of keys: choose another',
  },
  'auth.password_used': {
    zh: '不能与最近 {history} 次用过的密码相同',
    en: 'It must differ from your last {history} passwords',
  },
  'auth.feed_name': {
    zh: '请给日历订阅起个名称（最多 60 个字），如“我的手机”',
    en: 'Give the calendar feed a name of at most 60 letters, such as “my phone”',
  },
  'auth.feed_many': {
    zh: '最多 {most} 个日历订阅，请先停用不再使用的',
    en: 'At most {most} calendar feeds: end those no longer used first',
  },
  'auth.token_name': { zh: '请填写令牌名称（100 字以内）', en: 'Give the token a name of up to 100 characters' },
  'auth.token_expiry': { zh: '到期日须晚于今天且不晚于 {last}', en: 'It must expire after today and by {last}' },
  'auth.token_scope': {
    zh: '权限范围应形如 project:read，{scope} 不是',
    en: 'A scope looks like project:read; {scope} does not',
  },
  'auth.not_set_up': {
    zh: '系统尚未初始化，请先在浏览器中完成首次设置',
    en: 'The system is not set up yet: do the first set-up in the browser',
  },
  'auth.no_role': {
    zh: '没有角色 {role}，请用 yingzao map 查看角色清单',
    en: 'There is no role {role}: yingzao map lists them',
  },
  'auth.setup_done': {
    zh: '系统已初始化，请直接登录',
    en: 'The system is already set up: please sign in',
  },
  'auth.setup_token': {
    zh: '初始化口令不正确，请使用服务器控制台启动时打印的一次性口令',
    en: 'The set-up token is wrong: use the one printed on the server console at start',
  },
  'auth.setup_host': {
    zh: '首次初始化请用 IP 地址或 localhost 打开本系统，或输入控制台打印的一次性口令',
    en: 'For the first set-up open the system by IP address or localhost, or give the token printed on the console',
  },
  'access.csrf': {
    zh: '请求缺少来源校验，请刷新页面后重试（程序请设置 X-Yingzao-Client 头）',
    en: 'The request does not prove its origin: reload the page (programs set the X-Yingzao-Client header)',
  },
  'access.token_narrowed': {
    zh: '此接口令牌不允许该操作，请使用范围更大的令牌',
    en: 'This API token does not allow it: use a token with a wider scope',
  },
  'rate.busy': { zh: '当前登录人数过多，请稍候再试', en: 'Many people are signing in: try again in a moment' },
  'rate.limited': {
    zh: '请求过于频繁，请 {seconds} 秒后再试',
    en: 'Too many requests: try again in {seconds} seconds',
  },
}
