// The small form of a card that moves: it asks what the stage needs and the lead does not say yet.
const LOST = "流失";
const ALWAYS = ["日期", "负责人", "下一步", "下一步日期", "说明"];

let from = null; // the card that moves: it gets the focus back

// What a move asks for: first what it cannot do without.
export function asked(stage, needs, given) {
  if (stage === LOST) return { must: ["日期", "原因"], may: ["去向", "说明"] };
  const must = (needs[stage] ?? []).filter((caption) => caption !== "日期" && !given.includes(caption));
  return { must: [...must, "日期"], may: ALWAYS.filter((caption) => caption !== "日期") };
}

function fieldsOf(dialog) {
  return [...dialog.querySelectorAll("[data-caption]")];
}

function showFaults(dialog, faults) {
  for (const label of fieldsOf(dialog)) {
    const fault = faults.find((one) => one.caption === label.dataset.caption);
    const line = label.querySelector(".fault");
    const field = label.querySelector("input, select");
    line.textContent = fault ? `${fault.message}。${fault.hint}` : "";
    line.hidden = !fault;
    field.toggleAttribute("aria-invalid", Boolean(fault));
    if (fault) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", line.id);
      label.hidden = false;
      field.disabled = false;
    }
  }
  const shown = new Set(fieldsOf(dialog).map((label) => label.dataset.caption));
  const rest = faults.filter((one) => !shown.has(one.caption));
  const all = dialog.querySelector("[data-fault]");
  all.textContent = rest.map((one) => `${one.message}。${one.hint}`).join("");
  all.hidden = rest.length === 0;
  dialog.querySelector("[aria-invalid]")?.focus();
}

// Show the fields that the chosen stage asks for, and say what it needs.
function arrange(dialog) {
  const stage = dialog.querySelector("[name=阶段]").value;
  const { must, may } = asked(stage, JSON.parse(dialog.dataset.needs), from.dataset.given.split(" "));
  for (const label of fieldsOf(dialog)) {
    const { caption } = label.dataset;
    label.hidden = !must.includes(caption) && !may.includes(caption);
    label.querySelector("span").textContent = must.includes(caption) ? `${caption} *` : caption;
    label.querySelector("input, select").disabled = label.hidden;
  }
  const words = must.filter((caption) => caption !== "日期");
  dialog.querySelector("[data-needed]").textContent = words.length ? `到${stage}要填：${words.join("、")}` : "";
}

export function openMove(dialog, card, stage = card.dataset.stage) {
  from = card;
  const form = dialog.querySelector("form");
  form.reset();
  form.elements.lead.value = card.dataset.lead;
  form.elements.阶段.value = stage;
  dialog.querySelector("[data-title]").textContent = card.dataset.name;
  showFaults(dialog, []);
  arrange(dialog);
  dialog.showModal();
}

async function save(dialog, form) {
  const fields = new URLSearchParams(new FormData(form));
  if (fields.get("阶段") === LOST) {
    fields.delete("阶段");
    fields.set("状态", LOST);
  } else if (from.dataset.stage === LOST) {
    fields.set("状态", "正常");
  }
  const headers = { accept: "application/json" };
  const answer = await fetch(form.action, { method: "POST", headers, body: fields });
  const document_ = await answer.json().catch(() => ({ message: "没有保存", hint: "刷新页面再试" }));
  if (!answer.ok) {
    showFaults(dialog, document_.faults ?? [{ message: document_.message, hint: document_.hint ?? "" }]);
    return;
  }
  const address = new URL(location.href);
  address.searchParams.set("done", document_.batch);
  address.hash = `lead-${document_.lead}`;
  if (address.search === location.search) location.reload();
  else location.assign(address);
}

export function watchMove(dialog) {
  const form = dialog.querySelector("form");
  form.elements.阶段.addEventListener("change", () => arrange(dialog));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => from?.focus());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button.primary");
    button.disabled = true;
    save(dialog, form)
      .catch(() => showFaults(dialog, [{ message: "没有连上程序，没有保存", hint: "确认程序还开着，再按保存" }]))
      .finally(() => {
        button.disabled = false;
      });
  });
}
