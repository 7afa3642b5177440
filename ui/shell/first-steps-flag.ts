// Remembers on this device that set-up just ended and people and roles come next.
const key = 'yingzao.first-steps'
export const beginFirstSteps = () => localStorage.setItem(key, '1')
export const endFirstSteps = () => localStorage.removeItem(key)
export const inFirstSteps = () => localStorage.getItem(key) === '1'
