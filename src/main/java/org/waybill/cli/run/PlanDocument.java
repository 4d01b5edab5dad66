package org.waybill.cli.run;

import java.util.List;
import java.util.stream.Collectors;
import org.waybill.report.Quantity;
import org.waybill.report.TextTable;
import org.waybill.run.Plan;

/** What {@code run --plan} prints. As JSON its shape is an interface. */
record PlanDocument(String route, List<StagePlan> plan) {

    /** What one stage would do now. */
    record StagePlan(String stage, long bytes, List<Plan.Action> actions) {}

    static PlanDocument of(String route, List<Plan> plans) {
        return new PlanDocument(
                route,
                plans.stream()
                        .map(plan -> new StagePlan(plan.stage().label(), plan.bytes(), plan.actions()))
                        .toList());
    }

    static String text(List<Plan> plans) {
        return plans.stream().map(PlanDocument::text).collect(Collectors.joining());
    }

    private static String text(Plan plan) {
        String heading = plan.stage().label() + ": "
                + (plan.actions().isEmpty()
                        ? "nothing to do now"
                        : Quantity.count(plan.actions().size(), "action") + ", " + Quantity.bytes(plan.bytes()));
        TextTable actions = new TextTable().indented(2).left("").left("");
        plan.actions().forEach(action -> actions.row(action.subject(), action.action()));
        return heading + "\n" + actions;
    }
}
