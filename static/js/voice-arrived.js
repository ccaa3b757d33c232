// On the page after handing in: the recording and the draft that went with the story leave this phone.
import { tidy } from './draft.js'
import { isInUse } from './keep.js'
import { forgetSent } from './voice-kept.js'

tidy(true)
if (await isInUse()) await forgetSent()
