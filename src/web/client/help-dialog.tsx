import type { JSX } from "preact";
import { Dialog } from "./dialog.tsx";
import { KEYS } from "./keys.ts";
import { useReview } from "./review-context.ts";

export function HelpDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { settings, set } = useReview();
  return (
    <Dialog title="Keys and settings" onClose={onClose}>
      <p class="note">Letters act while no text field has focus. Enter and Escape never decide anything.</p>
      <dl class="keys">
        {KEYS.map(({ keys, command, words }) => (
          <div key={command}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p class="note">
        The search takes the filters of the terminal too:{" "}
        <code>state=conflict conf&lt;0.6 file= model= flag= run= kind=</code>
      </p>
      <label class="tick">
        <input
          type="checkbox"
          checked={settings.hasShortcuts}
          onChange={(event) => set({ hasShortcuts: event.currentTarget.checked })}
        />
        Letters act as commands
      </label>
      <label class="tick">
        <input
          type="checkbox"
          checked={settings.isBlind}
          onChange={(event) => set({ isBlind: event.currentTarget.checked })}
        />
        Grade blind: the judge stays hidden until my own levels are saved
      </label>
      <form method="dialog" class="row">
        <button type="submit" class="primary">
          Close
        </button>
      </form>
    </Dialog>
  );
}
