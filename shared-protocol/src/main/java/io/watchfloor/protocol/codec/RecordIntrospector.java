package io.watchfloor.protocol.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import io.watchfloor.document.Value;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/// Tells the mapper about records what annotations would, so that the records need none: what is `@Nullable` may be
/// absent and the rest may not, records of sealed interfaces carry their type, and in CBOR records are arrays.
final class RecordIntrospector extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    private final boolean arrays;

    RecordIntrospector(Encoding encoding) {
        this.arrays = encoding == Encoding.CBOR;
    }

    static String typeName(Class<?> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        if (!isOneOfSeveral(annotated.getRawType()) || annotated instanceof AnnotatedMember) {
            return super.findPolymorphicTypeInfo(config, annotated);
        }
        JsonTypeInfo.As form = arrays ? JsonTypeInfo.As.WRAPPER_ARRAY : JsonTypeInfo.As.PROPERTY;
        return JsonTypeInfo.Value.construct(JsonTypeInfo.Id.NAME, form, "type", null, false, true, null);
    }

    private static boolean isOneOfSeveral(Class<?> type) {
        if (type.isSealed()) {
            return type.isInterface() && type != Value.class;
        }
        if (type.isRecord()) {
            for (Class<?> parent : type.getInterfaces()) {
                if (isOneOfSeveral(parent)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
        if (annotated instanceof AnnotatedClass && isOneOfSeveral(annotated.getRawType())) {
            List<NamedType> leaves = new ArrayList<>();
            addLeaves(annotated.getRawType(), leaves);
            return leaves;
        }
        return super.findSubtypes(config, annotated);
    }

    private static void addLeaves(Class<?> type, List<NamedType> leaves) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                addLeaves(permitted, leaves);
            }
        } else {
            leaves.add(new NamedType(type, typeName(type)));
        }
    }

    @Override
    public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass annotated) {
        return annotated.getRawType().isRecord()
                ? typeName(annotated.getRawType())
                : super.findTypeName(config, annotated);
    }

    @Override
    public JsonFormat.@Nullable Value findFormat(MapperConfig<?> config, Annotated annotated) {
        if (arrays && annotated instanceof AnnotatedClass && annotated.getRawType().isRecord()) {
            return JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY);
        }
        return super.findFormat(config, annotated);
    }

    @Override
    public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated annotated) {
        return JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS);
    }

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return !isNullable(member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        boolean nullable = annotated instanceof AnnotatedMember member
                && (isNullable(member) || member.getRawType() == Value.class);
        return JsonSetter.Value.construct(nullable ? Nulls.SET : Nulls.FAIL, Nulls.FAIL);
    }

    private static boolean isNullable(AnnotatedMember member) {
        return switch (member) {
            case AnnotatedParameter parameter when parameter.getOwner() instanceof AnnotatedConstructor owner ->
                has(owner.getAnnotated().getAnnotatedParameterTypes()[parameter.getIndex()]);
            case AnnotatedMethod method when method.getParameterCount() == 0 ->
                has(method.getAnnotated().getAnnotatedReturnType());
            case AnnotatedField field -> has(field.getAnnotated().getAnnotatedType());
            default -> false;
        };
    }

    private static boolean has(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
